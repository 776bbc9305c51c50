// Starts the worker before the rest of the page has loaded: its downloads are what the first frame waits for.
import { startEngine } from "./engine.js";

export const engine = startEngine();

/** The weights that a link will most likely need; the engine reads the link properly later. Links of version 1 knew digits only. @param {string} hash */
export function likelyModel(hash) {
  const keys = new URLSearchParams(hash.slice(1));
  return (keys.get("lab") ?? "ddpm") === "ddpm"
    ? (keys.get("data") ?? (keys.get("v") === "1" ? "digits" : "buildings"))
    : null;
}

const model = likelyModel(location.hash);
if (model === "digits" || model === "buildings") engine.prefetch(model);
