// Starts the worker before the rest of the page has loaded: its downloads are what the first frame waits for.
import { startEngine } from "./engine.js";

export const engine = startEngine();
