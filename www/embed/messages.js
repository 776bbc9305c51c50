// What a page may say to a figure that it holds, read: anything else is nobody's. Data alone, each part bounded.

/** @typedef {{id: string | number | null, type: Verb, n: number, at: number, speed: number, link: string, values: Record<string, string | number>, frames: string[], readouts: boolean}} Request */
/** @typedef {(typeof verbs)[number]} Verb */

/** The version of the protocol. */
export const V = 1;
const verbs = /** @type {const} */ ([
  "get",
  "set",
  "open",
  "step",
  "seek",
  "play",
  "pause",
  "subscribe",
  "unsubscribe",
]);
/** What a request may hold: characters of a link, of a value and of a name; values; frames. */
const most = { link: 100_000, value: 4096, name: 64, values: 64, frames: 8 };

/** Of a link, but no value of anything. */
const structure = ["v", "lab", "at", "z", "check"];

/** @param {unknown} value @param {number} length @returns {value is string} */
const text = (value, length) => typeof value === "string" && value.length <= length;
/** @param {unknown} value */
const finite = (value) => typeof value === "number" && Number.isFinite(value);

/** @param {unknown} given @returns {Record<string, string | number> | null} */
function values(given) {
  if (given === null || typeof given !== "object" || Array.isArray(given)) return null;
  const entries = Object.entries(given);
  const good = entries.every(
    ([key, value]) =>
      /^\w{1,64}$/.test(key) && !structure.includes(key) && (finite(value) || text(value, most.value)),
  );
  return good && entries.length <= most.values ? Object.fromEntries(entries) : null;
}

/** @param {any} data @returns {data is {type: string}} whether it is addressed to a figure at all */
const addressed = (data) => data !== null && typeof data === "object" && data.v === V;

/**
 * @param {any} data of a message
 * @returns {Request | {id: string | number, error: string} | null} null: passed over in silence
 */
export function read(data) {
  if (!addressed(data)) return null;
  const type = verbs.find((verb) => verb === data.type);
  const { id } = /** @type {any} */ (data);
  const named = finite(id) || text(id, most.name);
  if (!type) return null;
  const refuse = (/** @type {string} */ error) => (named ? { id, error } : null);
  const { n = 1, at = 0, speed = 1, link = "", frames = [], values: given = {} } = /** @type {any} */ (data);
  if (![n, at, speed].every(finite)) return refuse("n, at and speed are numbers");
  if (speed < 0.25 || speed > 8) return refuse("speed lies between 0.25 and 8");
  if (!text(link, most.link)) return refuse(`link is a text of at most ${most.link} characters`);
  if (type === "open" && !link) return refuse("open needs a link");
  if (!Array.isArray(frames) || frames.length > most.frames || !frames.every((name) => text(name, most.name)))
    return refuse(`frames is a list of at most ${most.frames} names`);
  const known = values(given);
  if (!known)
    return refuse(`values holds at most ${most.values} numbers and texts by the names of parameters`);
  return {
    id: named ? id : null,
    type,
    n: Math.trunc(n),
    at: Math.trunc(at),
    speed,
    link,
    values: known,
    frames,
    readouts: /** @type {any} */ (data).readouts === true,
  };
}

/** A fragment with other values: the engine reads it like any link, clamps, and says so. @param {string} fragment @param {Record<string, string | number>} values */
export function withValues(fragment, values) {
  const kept = fragment
    .split("&")
    .filter((pair) => !pair.startsWith("check=") && !Object.hasOwn(values, pair.split("=")[0]));
  const set = Object.entries(values).map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  return [...kept, ...set].join("&");
}
