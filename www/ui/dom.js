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

/** "x_t", "β_{t−1}", "10^-3" and "e^{cω − e^ω}" with real indices and powers, as plain sentences write them. @param {string} text @returns {(Node | string)[]} */
export function scripts(text) {
  const mark = /_(?=[{\p{L}\d])|\^(?=[{\p{L}\d]|[-−]\d)/u.exec(text);
  if (!mark) return [text];
  const after = text.slice(mark.index + 1);
  const number = mark[0] === "^" ? /^[-−]?\d+(?:\.\d+)?/.exec(after)?.[0] : null;
  const [content, rest] = number
    ? [number.replace("-", "−"), after.slice(number.length)]
    : after[0] === "{"
      ? braced(after)
      : [after[0], after.slice(1)];
  const made = h(mark[0] === "_" ? "sub" : "sup", {}, scripts(content));
  return [text.slice(0, mark.index), made, ...scripts(rest)];
}

/** What stands between the first brace and the one that closes it, and what comes after. @param {string} text */
function braced(text) {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    depth += Number(text[i] === "{") - Number(text[i] === "}");
    if (depth === 0) return [text.slice(1, i), text.slice(i + 1)];
  }
  return [text.slice(1), ""];
}

/** When what was just drawn stands on the screen; at once where nobody looks. @returns {Promise<void>} */
export const painted = () =>
  document.hidden
    ? Promise.resolve()
    : new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))));

export const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Whether the page is as narrow as a phone, now and whenever that changes; asked as its styles ask, in rem: large type narrows a page.
 * @param {(narrow: boolean) => void} onchange @param {AbortSignal} signal
 */
export function watchNarrow(onchange, signal) {
  const { documentElement: root, body } = document;
  /** @type {boolean | null} */
  let was = null;
  function look() {
    const now = body.clientWidth <= 54 * parseFloat(getComputedStyle(root).fontSize);
    if (now !== was) onchange((was = now));
  }
  const observer = new ResizeObserver(look);
  observer.observe(body);
  signal.addEventListener("abort", () => observer.disconnect());
  look();
}
