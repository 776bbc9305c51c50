// One picture with its title, what its colours mean, and a number that a hand moves in it.
import { fill, h, scripts } from "../../ui/dom.js";
import { number } from "../../ui/format.js";
import { arrow } from "../../ui/grip.js";
import { family } from "../../ui/i18n.js";
import { source } from "../../ui/source.js";
import { charts } from "./charts.js";
import { table } from "./csv.js";
/** @import { Frame } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Live } from "../../ui/live.js" */
/** @import { Picture } from "./steps.js" */
/** @import { Words } from "./strings.js" */

const pictures = /** @type {const} */ ([
  "graph",
  "shift",
  "circle",
  "road",
  "comb",
  "fall",
  "transform",
  "pair",
  "bars",
  "rule",
  "strip",
  "convex",
]);
export const titles = family("chart", pictures);
const keys = family("key", [
  "next",
  "here",
  "shifted",
  "sums",
  "real",
  "imaginary",
  "sum",
  "poles",
  "read",
  "share",
  "residue",
  "imaginaryaxis",
  "realaxis",
  "closed",
  "summed",
  "line",
  "omega",
  "area",
  "gauss",
  "samples",
  "predicted",
  "measured",
  "gamma",
  "impostor",
]);
const places = /** @type {const} */ (["first", "second", "third"]);

/** Whether two frames hold the same numbers. @param {Float32Array} one @param {Float32Array | undefined} other */
const same = (one, other) =>
  one === other || (one.length === other?.length && one.every((value, i) => Object.is(value, other[i])));

/** Without the marks of indices and powers. @param {string} text */
const plain = (text) => text.replace(/[_^{}]/g, "");

/**
 * @param {object} needs
 * @param {Words} needs.words @param {Live} needs.live @param {() => void} needs.redraw
 * @param {(role: string) => void} needs.onlight @param {Node[]} [needs.tools]
 */
export function figure({ words: { t, pick }, live, redraw, onlight, tools = [] }) {
  const canvas = h("canvas", { role: "img", class: "plate" });
  const title = h("h3", {});
  const key = h("ul", { class: "roles" });
  const element = h("figure", { class: "chart" }, h("figcaption", {}, title, ...tools), canvas, key);
  source(element, { numbers: () => (shown.length ? [table(shown)] : []) });
  /** What it was drawn from. @type {Frame[]} */
  let shown = [];
  /** @type {((px: number) => number) | null} */
  let back = null;
  /** @type {string | undefined} */
  let moves;
  let named = "";
  let drawn = "";
  /** @type {Float32Array[]} */
  let seen = [];
  let holding = false;

  const bounds = { omega: [-6, 6], x: [-12, 6], h: [0.1, 2] };
  /** @param {number} value */
  const held = (value) => {
    const [least, most] = bounds[/** @type {"x"} */ (moves)] ?? [value, value];
    return { [String(moves)]: Number(Math.min(most, Math.max(least, value)).toFixed(moves === "h" ? 3 : 2)) };
  };
  const under = (/** @type {PointerEvent} */ event) => held(back?.(event.offsetX) ?? 0);
  canvas.addEventListener("keydown", (event) => {
    const way = arrow(event);
    if (!way || !moves) return;
    event.preventDefault();
    const step = (moves === "h" ? 0.01 : 0.1) * (event.shiftKey ? 10 : 1);
    live.settle(held(live.values()[moves] + step * (way[0] + way[1])));
  });
  canvas.addEventListener("pointerdown", (event) => {
    if (!moves || !back) return;
    canvas.setPointerCapture(event.pointerId);
    holding = true;
    live.move(under(event));
  });
  canvas.addEventListener("pointermove", (event) => holding && live.move(under(event)));
  canvas.addEventListener("pointerup", (event) => {
    if (holding) live.settle(under(event));
    holding = false;
  });
  canvas.addEventListener("lostpointercapture", () => (holding = false));

  /** @param {Picture} name */
  function become(name) {
    if (named === name) return;
    named = name;
    const { roles, key: moved } = charts[name];
    moves = moved;
    canvas.classList.toggle("held", Boolean(moved));
    canvas.setAttribute("role", moved ? "slider" : "img");
    for (const [attribute, value] of [
      ["tabindex", "0"],
      ["data-keys", ""],
      ["aria-valuemin", bounds[/** @type {"x"} */ (moved)]?.[0]],
      ["aria-valuemax", bounds[/** @type {"x"} */ (moved)]?.[1]],
    ])
      if (moved) canvas.setAttribute(String(attribute), String(value));
      else canvas.removeAttribute(String(attribute));
    if (!moved) canvas.removeAttribute("aria-valuenow");
    fill(title, ...scripts(t(titles[name])));
    key.replaceChildren(
      ...roles.map((role, i) =>
        h(
          "li",
          {},
          h(
            "button",
            {
              type: "button",
              class: `role lit-${places[i]}`,
              onpointerenter: () => onlight(places[i]),
              onpointerleave: () => onlight(""),
              onfocus: () => onlight(places[i]),
              onblur: () => onlight(""),
            },
            h("span", {}, scripts(t(keys[/** @type {"next"} */ (role)]))),
          ),
        ),
      ),
    );
  }

  return {
    element,
    canvas,
    /** @param {Picture} name @param {State} state @param {Palette} palette @param {{lit: string, morph: number}} how */
    update(name, { frames, readouts, experiment }, { colours }, { lit, morph }) {
      become(name);
      const chart = charts[name];
      if (!experiment || chart.frames.some((frame) => !frames[frame]) || !canvas.clientWidth) return;
      const values = live.values();
      const claim = readouts.find(({ id }) => id === chart.claim);
      shown = chart.frames.map((frame) => frames[frame]);
      const parts = shown.map(({ data }) => data);
      const { clientWidth, clientHeight } = canvas;
      const impostor = experiment.values.function === "impostor";
      const now = JSON.stringify([
        ...[
          name,
          clientWidth,
          clientHeight,
          colours.ink,
          lit,
          name === "pair" && morph,
          impostor,
          claim?.value,
        ],
        ...chart.reads.map((key) => values[key]),
      ]);
      // While one number is dragged most pictures stay what they are.
      if (now === drawn && parts.every((data, i) => same(data, seen[i]))) return;
      drawn = now;
      seen = parts;
      const scene = {
        frames,
        values,
        impostor,
        claim: (/** @type {string} */ id) => readouts.find((one) => one.id === id),
        colours,
        font: getComputedStyle(element).fontFamily,
        lit,
        morph,
        t,
      };
      back = chart.draw(canvas, scene) ?? null;
      const value = claim ? ` ${pick(claim.title)}: ${number(claim.value, 6)}.` : "";
      if (moves) canvas.setAttribute("aria-valuenow", String(values[moves]));
      canvas.setAttribute("aria-label", `${plain(t(titles[name]))}.${value}`);
    },
    redraw,
    /** It is drawn anew, whatever it shows. */
    forget: () => void (drawn = ""),
  };
}
