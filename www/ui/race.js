// The race of the samplers: two to six lanes from the same noise, quality against network calls, the winner of each budget named.
import { control } from "./control.js";
import { crossButton, fill, h, write } from "./dom.js";
import { raceBoard } from "./race-board.js";
import { createRunner } from "./runner.js";
import { budgetsTo, lanesOf, standings, withLane } from "./standings.js";
import { source } from "./source.js";
import { strings } from "./strings-race.js";
/** @import { Frame, Parameter } from "../types.js" */
/** @import { Player, State } from "./player.js" */
/** @import { Words } from "./i18n.js" */
/** @import { Palette } from "../views/palette.js" */

const frames = ["race", "race_level", "race_lanes", "race_now", "race_floor"];

/**
 * @param {object} needs
 * @param {Player} needs.player
 * @param {Words} needs.words
 * @param {import("./popover.js").Help} needs.help
 * @param {import("../types.js").Home} needs.home
 * @param {Parameter[]} needs.parameters of the lab; its lanes and its budget are among them
 * @param {(values: Record<string, string | number>) => void} needs.set changes the experiment
 * @param {(canvas: HTMLCanvasElement) => (lane: Frame, colour: string, palette: Palette) => void} needs.drawLane the lab knows what its samples look like
 * @param {string} needs.quality what the vertical axis measures
 * @param {AbortSignal} needs.signal when the lab ends
 */
export function race({ player, words, help, home, parameters, set, drawLane, quality, signal }) {
  const { t, pick } = words.with(strings);
  const options = parameters.find(({ key }) => key === "lane1")?.options ?? [];
  const titleOf = (/** @type {string} */ id) =>
    pick(options.find(({ value }) => value === id)?.title ?? { en: id, zh: id });
  const runner = createRunner({ player, task: "race", look: frames, onchange: () => player.emit() });
  signal.addEventListener("abort", runner.stop);
  const budget = control(
    /** @type {Parameter} */ (parameters.find(({ key }) => key === "budget")),
    words,
    help,
    (value) => set({ budget: value }),
  );
  const button = (/** @type {() => void} */ onclick, kind = "button", label = "") =>
    h("button", { type: "button", class: kind, onclick }, label);
  const go = button(() => (runner.running() ? runner.stop() : runner.start()), "button primary");
  const step = button(() => runner.step(1), "button", t("race.step"));
  const all = button(() => runner.start({ shy: true }), "button", t("race.all"));
  const reset = button(() => set({}), "quiet", t("race.reset"));
  const csv = button(() => home.csv(["race", "race_floor"], "chailou-race.csv"), "quiet csv", "CSV");
  csv.title = t("csv.long");
  const add = button(() => change(lanes.length, unused()), "button", t("race.add"));
  const track = h("div", { class: "lanes" });
  const board = raceBoard({ words, titleOf, signal });
  const element = h(
    "section",
    { class: "race", "aria-labelledby": "race-title" },
    h(
      "header",
      {},
      h("h2", { id: "race-title" }, t("race.title")),
      h("div", { class: "row" }, go, step, all, reset, csv),
    ),
    h("p", { class: "hint" }, t("race.hint")),
    h(
      "div",
      { class: "race-body" },
      h("div", { class: "race-lanes" }, track, h("div", { class: "row" }, add, budget.element)),
      h("div", { class: "race-chart" }, h("h3", {}, quality), board.place),
    ),
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("race.table") }, board.table),
    board.winner,
  );

  source(element, {
    head: false,
    numbers: () => (board.place.classList.contains("empty") ? [] : ["race", "race_floor"]),
    legend: () =>
      lanes.map((id, i) => [getComputedStyle(element).getPropertyValue(`--lane-${i + 1}`), titleOf(id)]),
  });
  /** @type {string[]} ids of the samplers, one a lane */
  let lanes = [];
  /** @type {{element: HTMLElement, select: HTMLSelectElement, remove: HTMLButtonElement, canvas: HTMLCanvasElement, draw: ReturnType<typeof drawLane>, said: HTMLElement}[]} */
  let cards = [];
  const unused = () =>
    options.find(({ value }) => value !== "none" && !lanes.includes(value))?.value ?? "ddim";
  /** @param {number} index @param {string} id */
  const change = (index, id) => set(withLane(lanes, index, id));

  /** @param {number} index */
  function card(index) {
    const canvas = h("canvas", { role: "img" });
    const select = h(
      "select",
      { "aria-label": t("race.lane", { n: index + 1 }), onchange: () => change(index, select.value) },
      options
        .filter(({ value }) => value !== "none")
        .map(({ value, title }) => h("option", { value }, pick(title))),
    );
    const remove = crossButton(t("race.remove", { n: index + 1 }), () => change(index, "none"));
    const said = h("p", { class: "said" });
    return {
      select,
      remove,
      canvas,
      said,
      draw: drawLane(canvas),
      element: h(
        "div",
        { class: `lane lane-${index + 1}` },
        h("div", { class: "lane-head" }, h("i", { class: "swatch", "aria-hidden": "true" }), select, remove),
        canvas,
        said,
      ),
    };
  }

  /** @param {State} state @param {Palette} palette */
  function update({ status, experiment }, palette) {
    if (!status || !experiment) return;
    lanes = lanesOf(experiment.values);
    budget.update(experiment.values.budget);
    if (cards.length !== lanes.length) {
      cards = lanes.map((_, i) => card(i));
      track.style.setProperty("--across", String(cards.length === 4 ? 4 : 3));
      fill(track, ...cards.map((made) => made.element));
    }
    const found = runner.seen(status.tasks.race);
    // Until the frames of changed lanes have come, those of the old ones say nothing.
    const seen = found.race?.shape[0] === lanes.length ? found : {};
    const budgets = budgetsTo(Number(experiment.values.budget));
    const standing =
      seen.race?.shape[1] === budgets.length ? standings(seen.race, budgets, seen.race_level) : [];
    const { done, total } = status.tasks.race ?? { done: 0, total: 0 };
    write(go, t(runner.running() ? "race.pause" : done ? "race.on" : "race.start"));
    go.disabled = step.disabled = all.disabled = done >= total;
    if (runner.running()) go.disabled = false;
    reset.disabled = csv.disabled = !done;
    add.hidden = lanes.length >= 6;
    cards.forEach((made, i) => tellLane(made, i, seen, palette));
    board.update(lanes, standing, seen, palette);
  }

  /** @param {typeof cards[number]} made @param {number} i @param {Record<string, Frame>} seen @param {Palette} palette */
  function tellLane({ select, remove, canvas, said, draw: drawn }, i, seen, palette) {
    select.value = lanes[i];
    remove.hidden = lanes.length <= 2;
    const [now = 0, ...calls] = seen.race_now?.data ?? [];
    write(said, now ? t("race.calls", { calls: calls[i] ?? 0, budget: now }) : t("race.waiting"));
    canvas.setAttribute("aria-label", `${titleOf(lanes[i])}: ${said.textContent}`);
    const { shape, data } = seen.race_lanes ?? { shape: [0], data: new Float32Array() };
    if (i >= shape[0]) return;
    const size = data.length / shape[0];
    drawn(
      { name: "lane", shape: shape.slice(1), data: data.subarray(i * size, (i + 1) * size) },
      palette.colours[/** @type {"lane-1"} */ (`lane-${i + 1}`)],
      palette,
    );
  }

  return {
    element,
    update,
    start: runner.start,
    stop: runner.stop,
    equip: board.equip,
  };
}
