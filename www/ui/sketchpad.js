// "Draw your own": brush, eraser, type and ready-made shapes, drawn on a picture that a lab lends.
import { dotFor, scatter } from "../views/scatter.js";
import { crossButton, h, write } from "./dom.js";
import { family } from "./i18n.js";
import { heart, set, smiley } from "./shapes.js";
import { spray } from "./spray.js";
import { most, standardise } from "./sprinkle.js";
import { strings } from "./strings-sketchpad.js";
/** @import { Point } from "./sprinkle.js" */
/** @import { Sheet } from "../views/scatter.js" */
/** @import { Palette } from "../views/palette.js" */

const tools = /** @type {const} */ (["brush", "eraser"]);
const toolName = family("draw", tools);

/**
 * @param {object} needs
 * @param {import("./i18n.js").Words} needs.words
 * @param {HTMLCanvasElement} needs.canvas that is drawn on
 * @param {(left: number, top: number) => Point} needs.back the place at a pixel of it
 * @param {() => void} needs.redraw
 * @param {string} needs.title @param {string} needs.hint
 * @param {{label: string, take: (points: Point[]) => void}[]} needs.uses what can be made of it, the first one first; points have unit spread
 * @param {() => void} needs.onclose
 */
export function sketchpad({ words, canvas, back, redraw, title, hint, uses, onclose }) {
  const { t } = words.with(strings);
  let open = false;
  const drawDots = scatter();
  const width = slider("width", 0.05, 0.5, 0.01, 0.12);
  const density = slider("density", 40, 900, 10, 240);
  const radios = tools.map((value, i) =>
    h("input", { type: "radio", name: "tool", value, checked: i === 0, onchange: redraw }),
  );
  const can = spray(
    canvas,
    back,
    () => ({ radius: Number(width.value), density: Number(density.value), wiping: radios[1].checked }),
    redraw,
  );

  /** @param {"width" | "density"} name @param {number} min @param {number} max @param {number} step @param {number} value */
  function slider(name, min, max, step, value) {
    return h("input", { type: "range", id: `draw-${name}`, min, max, step, value, oninput: redraw });
  }
  const button = (/** @type {string} */ label, /** @type {() => void} */ onclick, kind = "button") =>
    h("button", { type: "button", class: kind, onclick }, label);
  const family = () => getComputedStyle(canvas).fontFamily;
  const undo = button(t("draw.undo"), () => can.undo());
  const clear = button(t("draw.clear"), () => can.put([]));
  const text = h("input", {
    type: "text",
    class: "field wide",
    id: "draw-text",
    maxlength: 24,
    autocomplete: "off",
    placeholder: t("draw.text.example"),
  });
  const type = h(
    "form",
    { class: "type" },
    h("label", { for: "draw-text" }, t("draw.text")),
    h("div", { class: "pair" }, text, h("button", { class: "button" }, t("draw.text.set"))),
  );
  type.addEventListener("submit", (event) => {
    event.preventDefault();
    const points = set(text.value.trim(), family());
    if (points.length) can.put(points);
  });
  const count = h("p", { class: "count", role: "status" });
  const ends = uses.map(({ label, take }, i) =>
    button(label, () => done(take), i ? "button" : "button primary"),
  );

  const element = h(
    "section",
    { class: "drawing", "aria-labelledby": "draw-title", tabindex: "-1", hidden: true },
    h(
      "header",
      {},
      h("h2", { id: "draw-title" }, title),
      crossButton(t("draw.cancel"), () => close()),
    ),
    h("p", { class: "hint" }, hint),
    h(
      "div",
      { class: "shapes row", role: "group", "aria-label": t("draw.shapes") },
      button(t("draw.smiley"), () => can.put(smiley())),
      button(t("draw.heart"), () => can.put(heart())),
      h(
        "button",
        {
          type: "button",
          class: "button",
          "aria-label": t("draw.lou"),
          title: t("draw.lou"),
          onclick: () => can.put(set("楼", family())),
        },
        h("span", { lang: "zh" }, "楼"),
      ),
    ),
    type,
    h(
      "div",
      { class: "segments", role: "radiogroup", "aria-label": t("draw.tool") },
      tools.map((tool, i) => h("label", {}, radios[i], h("span", {}, t(toolName[tool])))),
    ),
    h("label", { class: "ink", for: "draw-width" }, h("span", {}, t("draw.width")), width),
    h("label", { class: "ink", for: "draw-density" }, h("span", {}, t("draw.density")), density),
    h("div", { class: "row" }, undo, clear),
    count,
    h("div", { class: "row" }, ends),
  );

  /** @param {(points: Point[]) => void} take */
  function done(take) {
    const points = standardise(can.points());
    close();
    take(points);
  }
  function close() {
    open = false;
    element.hidden = true;
    can.use(false);
    onclose();
  }

  /** What was drawn so far, and the can. @param {Sheet} on @param {Palette} palette */
  function paint(on, { colours }) {
    const points = can.points();
    const { radius, opacity } = dotFor(points.length);
    drawDots(on, { points: points.flat(), colour: colours.ink, radius: Math.min(2.4, radius), opacity });
    const at = can.hover();
    if (at) {
      on.context.strokeStyle = colours.accent;
      on.context.lineWidth = 1.5;
      on.context.beginPath();
      on.context.arc(on.x(at[0]), on.y(at[1]), on.x(Number(width.value)) - on.x(0), 0, 7);
      on.context.stroke();
    }
    write(count, t("draw.count", { n: points.length, most }));
    undo.disabled = !can.canUndo();
    for (const one of [clear, ...ends]) one.disabled = !points.length;
  }

  return {
    element,
    paint,
    isOpen: () => open,
    /** @param {Point[]} points to start from */
    open(points) {
      open = true;
      element.hidden = false;
      can.begin(points);
      can.use(true);
      redraw();
      element.focus({ preventScroll: true });
    },
    close,
  };
}
