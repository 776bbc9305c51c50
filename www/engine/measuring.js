// The worker in which this browser is measured, apart from the one that the labs ask.

/** @returns {Worker} */
export const startMeasuring = () => new Worker(new URL("./measure.js", import.meta.url), { type: "module" });
