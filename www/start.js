// Starts the worker and fetches the lab before the rest of the page has come: the first frame waits for them.
import { describe } from "./engine/descriptions.js";
import { startEngine } from "./engine/engine.js";
import { labs } from "./labs/index.js";

const keys = new URLSearchParams(location.hash.slice(1));
const asked = keys.get("lab") ?? document.documentElement.dataset.lab;
/** The lab that the address most likely means: the engine will read it properly. */
const lab = labs.find(({ id }) => id === asked) ?? labs[0];
export const likely = lab.id;

export const engine = startEngine(lab.engine, keys.has("embed"));
// Whoever asks for them hears of a failure.
for (const promise of [describe(lab.id), lab.load()]) promise.catch(() => {});
