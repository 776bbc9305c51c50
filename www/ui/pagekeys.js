// The keys of an address that are the page's own and never the experiment's: the engine is asked about the others alone.

/** What they are: how the page is shown, the lesson and its step, the sheet of proof. */
const own = /** @type {const} */ (["present", "hide", "lock", "embed", "lesson", "step", "verify"]);
/** @typedef {Partial<Record<typeof own[number], string>>} PageKeys */

const nameOf = (/** @type {string} */ pair) => pair.split("=")[0];
const isOwn = (/** @type {string} */ pair) => own.some((key) => key === nameOf(pair));

/**
 * What an address asks of the page, and what it asks of the engine, letter by letter as it was.
 * @param {string} fragment @returns {{keys: PageKeys, rest: string}}
 */
export function parted(fragment) {
  const pairs = fragment.split("&");
  const mine = pairs.filter(isOwn);
  if (!mine.length) return { keys: {}, rest: fragment };
  return {
    // Of two with one name the first counts, as in the rest of a link.
    keys: Object.fromEntries(
      mine.reverse().map((pair) => [nameOf(pair), new URLSearchParams(pair).get(nameOf(pair)) ?? ""]),
    ),
    rest: pairs.filter((pair) => !isOwn(pair)).join("&"),
  };
}

/** A link to an experiment on a page that is asked for as `keys` say. @param {PageKeys} keys @param {string} fragment */
export const joined = (keys, fragment) =>
  [
    ...own
      .filter((key) => keys[key] !== undefined)
      .map((key) => (keys[key] === "" ? key : `${key}=${readable(/** @type {string} */ (keys[key]))}`)),
    fragment,
  ]
    .filter(Boolean)
    .join("&");

/** Escaped, but for the signs that an address may hold anyway and people like to read. @param {string} value */
const readable = (value) => encodeURIComponent(value).replace(/%(2C|3A|2F)/g, decodeURIComponent);
