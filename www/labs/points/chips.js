// Choosing the data: a chip with a small dotted sketch for each shape.
import { h } from "../../ui/dom.js";
/** @import { Parameter } from "../../types.js" */

/** Sketches on a 48 by 32 field, drawn as dotted lines. @type {Record<string, string>} */
const sketches = {
  moons: "M7 19A9.500 9.500 0 0 1 26 19M22 14A9.500 9.500 0 0 0 41 14",
  circles: "M24 4A12 12 0 0 1 24 28A12 12 0 0 1 24 4M24 10A6 6 0 0 1 24 22A6 6 0 0 1 24 10",
  spiral:
    "M24 16C25.500 13.500 28.500 15.500 27.500 18.500C26 22.500 18.500 21.500 18.500 15.500C19 8.500 30.500 6.500 33.500 14.500C36 24 24 29.500 16 25",
  swissroll:
    "M26 16C26 13 21 13.500 21 17C21 22 30.500 22 30.500 15.500C30.500 8 15.500 8 15.500 17C15.500 27.500 36 28 36 14C36 8 33 5 29 3.500",
  checkerboard:
    "M13 5h4m-4 3h4M27 5h4m-4 3h4M20 12h4m-4 3h4M34 12h4m-4 3h4M13 19h4m-4 3h4M27 19h4m-4 3h4M20 26h4m-4 3h4M34 26h4m-4 3h4",
  pinwheel: "M26 14C28 9 33 6 38 6M27 18C32 19 36 23 36 28M23 20C21 25 16 28 11 27M21 15C16 14 13 10 13 5",
  mixture: "M24 4v3M23 6h3M12 13v3M11 14h3M36 13v3M35 14h3M17 25v3M16 26h3M31 25v3M30 26h3",
  skyline: "M5 28V17h7V28M12 28V9h8V28M20 28V14h6V28M26 28V5h5V28M31 28V12h7V28M38 28V19h6V28",
  drawn: "M10 27C13 16 17 8 21 11C25 15 15 25 21 25C28 25 29 12 34 12C38 12 35 20 39 22",
};

/** @param {string} path */
function sketch(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 48 32");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/**
 * @param {import("./strings.js").Words} words
 * @param {Parameter} parameter `data` of the schema
 * @param {(value: string) => void} onpick called also for the one that is chosen already
 */
export function chips({ t, pick }, parameter, onpick) {
  const options = (parameter.options ?? []).map(({ value, title }) => {
    const input = h("input", { type: "radio", name: "data", value, onclick: () => onpick(value) });
    return {
      input,
      element: h(
        "label",
        { class: "chip", "data-value": value },
        input,
        h(
          "span",
          {},
          sketch(sketches[value] ?? ""),
          h("small", {}, value === "drawn" ? t("draw.own") : pick(title)),
        ),
      ),
    };
  });
  return {
    element: h(
      "div",
      { class: "data-chips", role: "radiogroup", "aria-label": pick(parameter.title) },
      options.map(({ element }) => element),
    ),
    /** @param {string | number} value */
    update: (value) => options.forEach(({ input }) => (input.checked = input.value === String(value))),
  };
}
