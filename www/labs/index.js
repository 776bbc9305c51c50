// The labs, in the order of the site plan: one entry each, its code, its miniature, the engine it begins with, if that is not core, and what it begins with for a language,
// the lab that what stands there can be carried over to, and the kind of network from a file that runs there.

/** @type {{id: string, engine?: "maths", begins?: Partial<Record<"en" | "zh", string>>, door?: string, runs?: {kind: "mlp" | "unet" | "gpt", code: () => Promise<import("../ui/home-network.js").Guest>}, load: () => Promise<any>, card: () => Promise<any>}[]} */
export const labs = [
  {
    id: "ddpm",
    load: () => import("./ddpm/lab.js"),
    runs: { kind: "unet", code: () => import("./ddpm/network.js") },
    card: async () => (await import("./ddpm/card.js")).draw,
  },
  {
    id: "points",
    load: () => import("./points/lab.js"),
    runs: { kind: "mlp", code: () => import("./points/network.js") },
    door: "flow",
    card: async () => (await import("./points/card.js")).draw,
  },
  {
    id: "attention",
    load: () => import("./attention/lab.js"),
    runs: { kind: "gpt", code: () => import("./attention/network.js") },
    door: "rank",
    card: async () => (await import("./attention/card.js")).draw,
    begins: { zh: "model=tang&layer=2&head=3" },
  },
  {
    id: "gamma",
    load: () => import("./gamma/lab.js"),
    engine: "maths",
    card: async () => (await import("./gamma/card.js")).draw,
  },
  {
    id: "riemann",
    load: () => import("./riemann/lab.js"),
    engine: "maths",
    card: async () => (await import("./riemann/card.js")).draw,
  },
  {
    id: "flow",
    load: () => import("./flow/lab.js"),
    door: "points",
    engine: "maths",
    card: async () => (await import("./flow/card.js")).draw,
  },
  {
    id: "rank",
    load: () => import("./rank/lab.js"),
    door: "attention",
    engine: "maths",
    card: async () => (await import("./rank/card.js")).draw,
  },
  {
    id: "focus",
    load: () => import("./focus/lab.js"),
    engine: "maths",
    card: async () => (await import("./focus/card.js")).draw,
  },
  {
    id: "stretch",
    load: () => import("./stretch/lab.js"),
    door: "attention",
    engine: "maths",
    card: async () => (await import("./stretch/card.js")).draw,
  },
  {
    id: "init",
    load: () => import("./init/lab.js"),
    engine: "maths",
    card: async () => (await import("./init/card.js")).draw,
  },
];
