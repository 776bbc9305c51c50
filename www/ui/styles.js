// The style sheets of the labs: each is fetched with its lab, and only that of the lab on the page counts.

/** @type {Map<string, Promise<HTMLLinkElement>>} by address */
const asked = new Map();
/** @type {Set<HTMLLinkElement>} */
const there = new Set();

/** @param {string} href @returns {Promise<HTMLLinkElement>} */
function fetchSheet(href) {
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), {
      rel: "stylesheet",
      href,
      // Beside another lab's sheet it must not count before its lab is there.
      media: there.size ? "not all" : "all",
      onload: () => (there.add(link), resolve(link)),
      onerror: () => {
        link.remove();
        asked.delete(href);
        reject(Object.assign(new Error(href), { name: "Unreachable" }));
      },
    });
    document.head.append(link);
  });
}

/** Resolves when the sheet is there. @param {URL} address */
export function fetchStyle({ href }) {
  const sheet = asked.get(href) ?? fetchSheet(href);
  asked.set(href, sheet);
  return sheet;
}

/** Of all sheets of labs this one counts; none, if there is no address. @param {URL} [address] */
export function wear(address) {
  for (const link of there) link.media = link.href === address?.href ? "all" : "not all";
}
