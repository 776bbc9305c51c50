// The labs, in the order of the menu: one line each.

export const labs = [
  { id: "ddpm", load: async () => (await import("./ddpm/lab.js")).ddpm },
  { id: "points", load: async () => (await import("./points/lab.js")).points },
  { id: "attention", load: async () => (await import("./attention/lab.js")).attention },
];
