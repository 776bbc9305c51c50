// The lettering of drawings is the page's small type: as large as the page has it, larger when larger type is asked for.

/** CSS pixels of small type (--small); 12 at least, as long as the browser's own type is left alone. */
export const small = () =>
  0.875 * (globalThis.document ? parseFloat(getComputedStyle(document.documentElement).fontSize) || 14 : 14);

/** What a canvas letters with. @param {Element} element whose family it takes @param {string} [property] of a family of its own */
export const lettering = (element, property) =>
  `${small()}px ${property ? getComputedStyle(element).getPropertyValue(property) : getComputedStyle(element).fontFamily}`;

/** How much larger lettering is than the drawings were laid out for. @param {string} font as above */
export const grown = (font) => parseFloat(font) / 12.25;
