// The labs, in the order of the site plan: one entry each, its code, its miniature, and the engine it begins with, if that is not core.

/** @type {{id: string, engine?: "maths", load: () => Promise<any>, card: () => Promise<any>}[]} */
export const labs = [
  {
    id: "ddpm",
    load: () => import("./ddpm/lab.js"),
    card: async () => (await import("./ddpm/card.js")).draw,
  },
  {
    id: "points",
    load: () => import("./points/lab.js"),
    card: async () => (await import("./points/card.js")).draw,
  },
  {
    id: "attention",
    load: () => import("./attention/lab.js"),
    card: async () => (await import("./attention/card.js")).draw,
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
];
