// The labs, in the order of the site plan: one entry each, its code and its miniature.
import { ready } from "../ui/lab.js";

export const labs = [
  {
    id: "ddpm",
    load: () => ready(import("./ddpm/lab.js")),
    card: async () => (await import("./ddpm/card.js")).draw,
  },
  {
    id: "points",
    load: () => ready(import("./points/lab.js")),
    card: async () => (await import("./points/card.js")).draw,
  },
  {
    id: "attention",
    load: () => ready(import("./attention/lab.js")),
    card: async () => (await import("./attention/card.js")).draw,
  },
  {
    id: "gamma",
    load: () => ready(import("./gamma/lab.js")),
    card: async () => (await import("./gamma/card.js")).draw,
  },
  {
    id: "riemann",
    load: () => ready(import("./riemann/lab.js")),
    card: async () => (await import("./riemann/card.js")).draw,
  },
];
