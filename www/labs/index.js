// The labs, in the order of the menu: one line each.
import { ready } from "../ui/lab.js";

export const labs = [
  { id: "ddpm", load: () => ready(import("./ddpm/lab.js")) },
  { id: "points", load: () => ready(import("./points/lab.js")) },
  { id: "attention", load: () => ready(import("./attention/lab.js")) },
];
