// A picture of a lab's stage with its name and what its colours mean.
import { fill, h, write } from "./dom.js";
import { source } from "./source.js";
/** @import { Experiment } from "../types.js" */

/** A colour by its name, what it stands for, and what pressing that chooses. @typedef {[colour: string, label: string, choose?: Experiment["values"]]} Role */

/** @param {string} kind class of what frames the picture @param {(values: Experiment["values"]) => unknown} [choose] */
export function createFigure(kind, choose) {
  const canvas = h("canvas", { role: "img", class: "plate" });
  const title = h("h3", {});
  const list = h("ul", { class: "roles" });
  const frame = h("div", { class: kind }, canvas);
  const element = h("figure", { class: "chart" }, h("figcaption", {}, title), frame, list);
  const { reads, rows } = source(element);
  return {
    canvas,
    frame,
    element,
    /** What it is drawn from: its button saves it. */
    reads,
    rows,
    /** Names the picture; `said` is what a reader hears of it besides. @param {string} name @param {Role[]} roles @param {string} said */
    name(name, roles, said) {
      write(title, name);
      canvas.setAttribute("aria-label", `${name}. ${said}`.trim());
      const now = JSON.stringify(roles);
      if (list.dataset.now === now) return;
      list.dataset.now = now;
      fill(
        list,
        ...roles.map(([colour, label, values]) =>
          h(
            "li",
            {},
            h("span", { class: "swatch", style: `background:var(--${colour})` }),
            values && choose
              ? h("button", { type: "button", class: "quiet", onclick: () => choose(values) }, label)
              : label,
          ),
        ),
      );
    },
  };
}
