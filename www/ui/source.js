// Where the numbers of a figure are: frames, noted as it is drawn from them, or rows of its own. Beside its name stands a button that saves them.
import { h, icon } from "./dom.js";
/** @import { Frame } from "../types.js" */
/** @import { Rows } from "./tables.js" */
/** @import { Words } from "./i18n.js" */

/** @typedef {(string[] | Rows[])} Numbers frames by name, or tables as they are */
/**
 * @typedef {object} Source
 * @property {() => Numbers} numbers none: nothing was drawn yet
 * @property {() => string} name
 * @property {boolean} drawn whether it is made of lines, so that it can be saved as such
 * @property {() => [colour: string, label: string][]} legend
 * @property {Element | null | false} head where its button stands, if not beside its name; false: there is one already
 */

const arrow = "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14";
/** @type {WeakMap<Element, Source>} */
const sources = new WeakMap();

/** By its frames, or by its name as far as every system can spell it. @param {Source} source */
export function fileOf({ numbers, name }) {
  const of = numbers();
  const words = of.every((one) => typeof one === "string")
    ? of.map((one) => one.split(":")[0]).join("-")
    : name();
  return (
    words
      .normalize("NFKD")
      .replace(/[^A-Za-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 60) || "figure"
  );
}

/** What colours stand for, as the page shows it. @param {Element} figure @returns {[string, string][]} */
const rolesOf = (figure) =>
  [...figure.querySelectorAll(".roles > li")].map((li) => {
    const swatch = li.querySelector(".swatch");
    const colour = swatch
      ? getComputedStyle(swatch).backgroundColor
      : getComputedStyle(li.firstElementChild ?? li).color;
    return [colour, li.textContent?.trim() ?? ""];
  });

/**
 * Says that an element is a figure of numbers.
 * @param {Element} figure
 * @param {Partial<Source>} [of]
 */
export function source(figure, { head = null, drawn = true, legend = () => rolesOf(figure), ...of } = {}) {
  figure.setAttribute("data-figure", head === false ? "own" : "");
  /** @type {Set<string>} */
  const read = new Set();
  /** @type {Rows | null} */
  let own = null;
  sources.set(figure, {
    numbers: () => (own ? [own] : [...read]),
    name: () =>
      figure.querySelector("figcaption :is(h2, h3), header :is(h2, h3), h3")?.textContent?.trim() ?? "",
    drawn,
    legend,
    head,
    ...of,
  });
  return {
    /** The same frames, which note what is read of them until they are asked for anew. @template {Record<string, Frame>} Frames @param {Frames} frames @returns {Frames} */
    reads(frames) {
      own = null;
      read.clear();
      return new Proxy(frames, {
        get(all, name) {
          const frame = all[/** @type {string} */ (name)];
          if (frame?.data?.some(Number.isFinite)) read.add(String(name));
          return frame;
        },
      });
    },
    /** Numbers that are no frame of the engine. @param {Rows} table */
    rows: (table) => void (own = table),
  };
}

/**
 * Gives every figure within these elements its button, which stays.
 * @param {Element[]} elements @param {Words} words @param {(numbers: Numbers, name: string) => unknown} save name: for a file
 */
export function withButtons(elements, { t }, save) {
  /** @type {Map<Element, {source: Source, button: HTMLButtonElement}>} */
  const known = new Map();
  /** @param {Element} figure */
  function add(figure) {
    const source = sources.get(figure);
    if (!source || known.has(figure)) return;
    const button = h(
      "button",
      {
        type: "button",
        class: "mini save",
        disabled: true,
        onclick: () => save(source.numbers(), fileOf(source)),
      },
      icon(arrow),
    );
    known.set(figure, { source, button });
    const { head } = source;
    if (head !== false)
      (head ?? figure.querySelector(":scope > figcaption, :scope > header") ?? figure).append(button);
  }
  return {
    /** What there is now. */
    update() {
      for (const element of elements)
        for (const figure of [element, ...element.querySelectorAll("[data-figure]")]) add(figure);
      for (const { source, button } of known.values()) {
        const none = source.numbers().length === 0;
        if (button.disabled !== none) button.disabled = none;
        const label = t("figure.save", { name: source.name() });
        if (button.title === label) continue;
        button.title = label;
        button.setAttribute("aria-label", label);
      }
    },
    /** Figures that are seen now. */
    seen: () =>
      [...known]
        .filter(([figure]) => figure.checkVisibility?.() ?? figure.clientWidth > 0)
        .map(([figure, { source }]) => ({ element: /** @type {Element} */ (figure), source })),
  };
}
