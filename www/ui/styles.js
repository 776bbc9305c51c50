// The style sheets of the labs: each is fetched with its lab, and only that of the lab on the page counts.

import { notLoaded } from "./loading.js";

/** @type {Map<string, Promise<HTMLLinkElement>>} by address */
const asked = new Map();
/** @type {Set<HTMLLinkElement>} */
const there = new Set();

/** @param {string} href @returns {Promise<HTMLLinkElement>} */
function fetchSheet(href) {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    function fail() {
      link.remove();
      asked.delete(href);
      reject(Object.assign(new Error(href), { name: "Unreachable" }));
    }
    Object.assign(link, {
      rel: "stylesheet",
      href,
      // Beside another lab's sheet it must not count before its lab is there.
      media: there.size ? "not all" : "all",
      // A page of HTML in its place arrives, too, and holds no rule; a frame without an origin may not look.
      onload: () =>
        origin === "null" || link.sheet?.cssRules.length ? (there.add(link), resolve(link)) : fail(),
      onerror: fail,
    });
    document.head.append(link);
  });
}

/** The page's own sheet: scripts wait for it, so if it is not there now it will not come by itself. */
export function requirePageStyle() {
  if (!getComputedStyle(document.documentElement).getPropertyValue("--paper"))
    throw notLoaded("style/page.css");
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
