// Partial noising: the picture demolished to ten depths, and what the model makes of each.
import { depths } from "../../views/depths.js";
import { pixels } from "../../views/pixels.js";
import { fill, h, write } from "../../ui/dom.js";
import { number, percent } from "../../ui/format.js";
import { createRunner } from "../../ui/runner.js";
import { source } from "../../ui/source.js";
import { lettering } from "../../views/lettering.js";
import { pictureOf } from "./pictures.js";
/** @import { Player, State } from "../../ui/player.js" */
/** @import { Frame } from "../../types.js" */

const names = ["partial_noising", "partial_noising_t", "partial_noising_distance"];

/** @param {Player} player @param {import("./strings.js").Words} words @param {() => void} redraw @param {(t: number) => void} ongo to a depth's moment on the timeline @param {AbortSignal} signal when the lab ends */
export function partialNoising(player, { t }, redraw, ongo, signal) {
  /** @type {Record<string, Frame>} */
  let found = {};
  const runner = createRunner({ player, task: "partial_noising", look: names, onchange: redraw });
  signal.addEventListener("abort", runner.stop);
  const button = h("button", {
    type: "button",
    class: "button",
    onclick: () => (runner.running() ? runner.stop() : start()),
  });
  const meter = h("progress", { max: 1, value: 0, "aria-label": t("noising.title") });
  const list = h("ol", { class: "depths" });
  const canvas = h("canvas", { class: "depth-curve", role: "img" });
  const drawCurve = depths(canvas);
  const element = h(
    "section",
    { class: "noising", "aria-labelledby": "noising-title" },
    h(
      "header",
      {},
      h("h2", { id: "noising-title" }, t("noising.title")),
      h("div", { class: "measuring" }, button, meter),
    ),
    h("p", { class: "lead" }, t("noising.lead")),
    h("div", { class: "shaft" }, list, canvas),
  );
  source(element, {
    numbers: () => names.slice(1).filter((name) => found[name]?.data.length),
    legend: () => [],
  });
  /** @type {{button: HTMLElement, apart: Element, before: ReturnType<typeof pixels>, after: ReturnType<typeof pixels>}[]} */
  let made = [];

  async function start() {
    await player.pause();
    if (!runner.running()) runner.start();
  }

  /** @param {number} count */
  function build(count) {
    made = Array.from({ length: count }, (_, i) => {
      const [before, after] = [
        h("canvas", { "aria-hidden": "true" }),
        h("canvas", { "aria-hidden": "true" }),
      ];
      const apart = h("span", { class: "apart" });
      const depth = h(
        "button",
        { type: "button", onclick: () => ongo(found.partial_noising_t.data[i]) },
        before,
        after,
        apart,
      );
      return { button: depth, apart, before: pixels(before), after: pixels(after) };
    });
    fill(list, ...made.map(({ button }) => h("li", {}, button)));
  }

  /** @param {State} state @param {import("../../views/palette.js").Palette} palette */
  function update(state, { picture, colours }) {
    const task = state.status?.tasks.partial_noising;
    element.hidden = !task;
    if (!task) return;
    found = runner.seen(task);
    const running = runner.running();
    write(
      button,
      running
        ? t("noising.stop", { share: percent(task.done / task.total) })
        : task.done >= task.total
          ? t("noising.done")
          : t("noising.start"),
    );
    button.toggleAttribute("disabled", task.done >= task.total && !running);
    meter.hidden = !running;
    meter.value = task.done / task.total;
    element.classList.toggle("bare", !found.partial_noising);
    if (!found.partial_noising) return;
    const times = found.partial_noising_t.data;
    if (made.length !== times.length) build(times.length);
    const { data } = found.partial_noising_distance;
    made.forEach(({ button, apart, before, after }, i) => {
      const known = data[i] >= 0;
      write(apart, `t = ${Math.round(times[i])}`);
      button.setAttribute(
        "aria-label",
        known
          ? t("noising.depth", { t: Math.round(times[i]), distance: number(data[i], 2) })
          : t("noising.unknown", { t: Math.round(times[i]) }),
      );
      button.title = button.getAttribute("aria-label") ?? "";
      button.classList.toggle("unknown", !known);
      before({ picture: pictureOf(found.partial_noising, 2 * i, picture), colours });
      if (known) after({ picture: pictureOf(found.partial_noising, 2 * i + 1, picture), colours });
    });
    const known = Array.from(data).filter((d) => d >= 0);
    canvas.hidden = known.length === 0;
    if (canvas.hidden) return;
    canvas.setAttribute(
      "aria-label",
      t("noising.curve", { least: number(Math.min(...known), 2), most: number(Math.max(...known), 2) }),
    );
    drawCurve({ distances: data, colours, font: lettering(element) });
  }
  return { element, update, start, stop: runner.stop };
}
