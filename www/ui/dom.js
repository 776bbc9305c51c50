// Makes elements: h("button", {class: "quiet", onclick}, "Play").

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [attributes] on… are listeners; false, null and undefined are left out
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  dress(element, attributes);
  element.append(
    .../** @type {(Node | string)[]} */ (children.flat().filter((child) => child || child === "")),
  );
  return element;
}

/** @param {Element} element @param {Record<string, any>} attributes */
function dress(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Line icons on a 24 grid, drawn with the text's colour. @param {string} path */
export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  dress(svg, { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" });
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  dress(line, { d: path });
  svg.append(line);
  return svg;
}

/** A small button with a cross, for what can be closed or taken away. @param {string} label @param {() => unknown} onclick */
export const crossButton = (label, onclick) =>
  h(
    "button",
    { type: "button", class: "mini", "aria-label": label, title: label, onclick },
    icon("M6 6l12 12M18 6L6 18"),
  );

/** @param {Element} parent @param {...Child} children */
export const fill = (parent, ...children) =>
  parent.replaceChildren(.../** @type {Node[]} */ (children.filter(Boolean)));

/** Writes only what changed: a screen reader and the layout both notice needless writes. @param {Element} element @param {string} text */
export const write = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

/** A link that leaves the page. @param {{title: string, href: string}} link */
export const away = ({ title, href }) =>
  h("a", { href, target: "_blank", rel: "noopener noreferrer" }, title);

/** "x_t" and "β_{t−1}" with real subscripts, as plain sentences from the engine write them. @param {string} text */
export const subscripts = (text) =>
  text
    .split(/_(\{[^}]+\}|[\p{L}\d])/u)
    .map((part, i) => (i % 2 ? h("sub", {}, part.replace(/[{}]/g, "")) : part));

/** When what was just drawn stands on the screen; at once where nobody looks. @returns {Promise<void>} */
export const painted = () =>
  document.hidden
    ? Promise.resolve()
    : new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))));

export const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
