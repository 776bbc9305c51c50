// Starts the worker and fetches the lab that the link names, before the rest of the page has loaded.
import { labs } from "../labs/index.js";
import { startEngine } from "./engine.js";

export const engine = startEngine();

const asked = new URLSearchParams(location.hash.slice(1)).get("lab");
// The router asks again and hears of a failure; this only saves time.
(labs.find(({ id }) => id === asked) ?? labs[0]).load().catch(() => {});
