// What an engine says of a lab, written down when it was built: the page need not wait for the engine itself.
import { unreachable } from "./fetch.js";
/** @import { Schema } from "../types.js" */

/** @type {Map<string, Promise<Schema>>} */
const asked = new Map();

/** All labs by their heads, and the lab `id` whole. Fetched once, again after a failure. @param {string} id @returns {Promise<Schema>} */
export function describe(id) {
  const there = asked.get(id) ?? fetchDescription(id);
  asked.set(id, there);
  there.catch(() => asked.delete(id));
  return there;
}

/** @param {string} id @returns {Promise<Schema>} */
async function fetchDescription(id) {
  const name = `schema/${id}.json`;
  const answer = await fetch(new URL(`../pkg/core/schema/${id}.json`, import.meta.url)).catch(() => {
    throw unreachable(name);
  });
  if (!answer.ok) throw unreachable(`${name}: ${answer.status}`);
  return answer.json();
}
