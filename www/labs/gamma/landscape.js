// The landscape: the whole plane behind a window that is pushed and zoomed by wheel, fingers, keys and buttons.
import { crisp } from "../../views/canvas.js";
import { h, icon, write } from "../../ui/dom.js";
import { arrow } from "../../ui/grip.js";
import { source } from "../../ui/source.js";
import { grips } from "./grips.js";
import { marks } from "./marks.js";
import { relief } from "./relief.js";
import { wheel } from "./hues.js";
import { placing, written, zoomed } from "./window.js";
import { createPush } from "./push.js";
/** @import { Desk } from "../../ui/lab.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Live } from "../../ui/live.js" */
/** @import { View } from "./window.js" */
/** @import { Words } from "./strings.js" */

const paths = { nearer: "M12 5v14M5 12h14", further: "M5 12h14", home: "M4 11l8-7 8 7M6 10v10h12V10" };

/** Numbers across in the table of a window. */
const tabled = 150;

/** @param {Desk<Words>} desk @param {Live} live */
export function landscape(desk, live) {
  const { words, player, palette, note, redraw, schema, signal } = desk;
  const { t, pick } = words;
  /** @type {View | null} where a hand has it, until the link says the same */
  let moved = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const view = () => {
    const { cx, cy, span } = live.values();
    return moved ?? { cx, cy, span };
  };
  /** @param {View} next */
  function look(next) {
    moved = next;
    redraw();
    clearTimeout(timer);
    timer = setTimeout(() => {
      note({ ...next });
      moved = null;
    }, 350);
  }
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });

  const canvas = h("canvas", { class: "relief plate", role: "img", tabindex: "0", "data-keys": true });
  const frame = h("div", { class: "plane-frame" }, canvas);
  const picture = relief(player, redraw, palette);
  const held = grips({ t, live, view, frame });
  const size = () => /** @type {const} */ ([canvas.clientWidth || 1, canvas.clientHeight || 1]);
  const centre = () => /** @type {[number, number]} */ ([view().cx, view().cy]);
  createPush(canvas, {
    view,
    look,
    size,
    ontap: ([re, im]) => live.settle({ re: Number(re.toPrecision(6)), im: Number(im.toPrecision(6)) }),
  });
  canvas.addEventListener("keydown", (event) => {
    const { cx, cy, span } = view();
    const way = arrow(event);
    const factor = { "+": 1.5, "=": 1.5, "-": 1 / 1.5 }[event.key];
    if (way) look({ cx: cx + (way[0] * span) / 12, cy: cy + (way[1] * span) / 12, span });
    else if (factor) look(zoomed(view(), factor, centre()));
    else return;
    event.preventDefault();
  });
  const tool = (
    /** @type {keyof typeof paths} */ name,
    /** @type {string} */ label,
    /** @type {() => void} */ onclick,
  ) =>
    h(
      "button",
      { type: "button", class: "tool", title: label, "aria-label": label, onclick },
      icon(paths[name]),
    );
  const defaults = Object.fromEntries(schema.parameters.map((one) => [one.key, Number(one.default)]));
  frame.append(
    h(
      "div",
      { class: "zoom", role: "group", "aria-label": t("plane.zoom") },
      tool("nearer", t("plane.nearer"), () => look(zoomed(view(), 1.6, centre()))),
      tool("further", t("plane.further"), () => look(zoomed(view(), 1 / 1.6, centre()))),
      tool("home", t("plane.home"), () => look({ cx: defaults.cx, cy: defaults.cy, span: defaults.span })),
    ),
  );
  const title = h("h3", {});
  const said = h("p", { class: "said" });
  const legend = wheel(t);
  const element = h("figure", { class: "plane" }, h("figcaption", {}, title, legend), frame, said);

  /** The same window as a table, of so many numbers that a spreadsheet likes it. */
  source(element, {
    drawn: false,
    numbers() {
      const { cx, cy, span } = view();
      const [width, height] = size();
      const rows = Math.round((tabled * height) / width);
      return [`landscape:${cx},${cy},${span},${tabled},${rows},0,${rows}`];
    },
  });

  /** @param {State} state @param {Palette} colours */
  function update({ status, frames, readouts, experiment }, { colours }) {
    if (!status || !experiment) return;
    const values = live.values();
    const { function: chosen, show } = experiment.values;
    const { context, width, height } = crisp(canvas);
    if (!width) return;
    const of = `${show}|${chosen}|${chosen === "impostor" ? values.eps : ""}`;
    picture.want({ view: view(), width: Math.round(width), height: Math.round(height), of });
    context.fillStyle = colours.well;
    context.fillRect(0, 0, width, height);
    picture.draw(context, view(), width, height);
    marks(context, {
      view: view(),
      width,
      height,
      values,
      frames,
      font: getComputedStyle(element).fontFamily,
      at: status.at,
      bare: show === "residual",
      colours,
    });
    held.place();
    const name = schema.parameters
      .find(({ key }) => key === "function")
      ?.options?.find(({ value }) => value === chosen);
    const shown = name ? pick(name.title) : "";
    write(
      title,
      show === "residual" ? t("plane.residual", { name: shown }) : t("plane.value", { name: shown }),
    );
    legend.hidden = show === "residual";
    const value = (/** @type {string} */ id) => readouts.find((one) => one.id === id)?.value ?? null;
    const quick = (/** @type {number} */ i) => frames.value.data[2 * i] + frames.value.data[2 * i + 1];
    const [re, im] =
      live.moving() && frames.value ? [quick(0), quick(1)] : [value("gamma_re"), value("gamma_im")];
    const z = written(values.re, values.im);
    const sentence =
      re === null || im === null
        ? t("plane.pole", { z })
        : t("plane.said", { z, value: written(re, im, 10) });
    write(said, sentence);
    canvas.setAttribute("aria-label", `${title.textContent}. ${sentence} ${t("plane.keys")}`);
  }
  return {
    element,
    canvas,
    update,
    repaint: picture.forget,
    /** CSS pixels a unit. */
    unit: () => placing(view(), ...size()).unit,
  };
}
