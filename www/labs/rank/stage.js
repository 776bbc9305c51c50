// The stage: four masks and a fifth, one sentence, the map with its spectrum, the tower that is built on it, and the head in numbers.
import { fill, h, scripts, write } from "../../ui/dom.js";
import { source } from "../../ui/source.js";
import { number } from "../../ui/format.js";
import { family } from "../../ui/i18n.js";
import { spectrum } from "./charts.js";
import { gauges } from "./gauges.js";
import { mapView } from "./map.js";
import { glyph, lettersOf, reading } from "./reading.js";
import { masks, maskColours } from "./scene.js";
import { tower } from "./tower.js";
/** @import { Experiment, Readout } from "../../types.js" */
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Live } from "../../ui/live.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Words } from "./strings.js" */

const kinds = /** @type {const} */ ([
  "two-way",
  "prefix",
  "causal",
  "anti-causal",
  "mixed",
  "linear-two-way",
  "linear-causal",
  "uniform",
  "model",
  "trained",
]);
const says = family("says", kinds);

/** Which sentence fits. @param {Experiment["values"]} values @returns {typeof kinds[number]} */
function kind({ source, kernel, mask }) {
  if (source === "model" && kernel === "softmax" && mask === "causal") return "model";
  if (source === "trained" && kernel === "softmax") return "trained";
  if (kernel === "uniform" && mask === "causal") return "uniform";
  if (kernel === "softmax" || kernel === "uniform") return /** @type {"causal"} */ (mask);
  if (mask === "two-way") return "linear-two-way";
  return mask === "causal" ? "linear-causal" : /** @type {"prefix"} */ (mask);
}

/** @param {string} title @param {string} [more] a class */
export function picture(title, more = "") {
  const canvas = h("canvas", { role: "img", class: "plate" });
  const name = h("h3", {}, scripts(title));
  const roles = h("ul", { class: "roles" });
  const frame = h("div", { class: "rank-frame" }, canvas);
  const element = h("figure", { class: `chart ${more}` }, h("figcaption", {}, name), frame, roles);
  return { canvas, name, roles, frame, element, ...source(element) };
}

/** What colours mean. @param {HTMLElement} list @param {[colour: string, label: string, bold?: boolean][]} roles */
export function explain(list, roles) {
  const now = JSON.stringify(roles);
  if (list.dataset.now === now) return;
  list.dataset.now = now;
  fill(
    list,
    ...roles.map(([colour, label, bold]) =>
      h(
        "li",
        { class: bold ? "mine" : null },
        h("span", { class: "swatch", style: `background:var(--${colour})` }),
        h("span", {}, scripts(label)),
      ),
    ),
  );
}

/** What all pictures are drawn from. @param {Parameters<Part["update"]>[0]} state @param {Parameters<Part["update"]>[1]} palette @param {Element} element @param {Words["t"]} t @param {Record<string, number>} values @returns {Scene | null} */
export function sceneOf({ status, experiment, frames, readouts }, { colours }, element, t, values) {
  if (!status || !experiment) return null;
  return {
    frames,
    at: status.at,
    // The width of a network's head is no setting.
    values: experiment.values.source === "random" ? values : { ...values, d: status.width ?? values.d },
    given: experiment.values,
    colours,
    font: getComputedStyle(element).fontFamily,
    claim: (/** @type {string} */ id) => readouts.find((/** @type {Readout} */ one) => one.id === id),
    t,
  };
}

/**
 * @param {Desk<Words>} desk @param {Live} live
 * @param {(values: Experiment["values"], more?: object) => unknown} set
 * @param {() => unknown} train where the twins learn
 */
export function stage(desk, live, set, train) {
  const { words, schema, player } = desk;
  const { t, pick } = words;
  const options = schema.parameters.find(({ key }) => key === "mask")?.options ?? [];
  const radios = options.map(({ value }) =>
    h("input", { type: "radio", name: "rank-mask", value, onchange: () => set({ mask: value }) }),
  );
  const sentence = h("h2", { class: "says" });
  const [map, values, high] = [
    picture(t("title.map"), "main-figure"),
    picture(t("title.spectrum")),
    picture(t("title.tower"), "tower-figure"),
  ];
  const said = h("p", { class: "said" });
  map.roles.replaceWith(said);
  const others = h(
    "button",
    { type: "button", class: "quiet", hidden: true, onclick: () => player.measure() },
    t("masks.measure"),
  );
  values.element.append(others);
  const view = mapView(words, live, map.canvas, map.frame);
  const strip = gauges(words);
  const text = reading(desk, set, train);
  const element = h(
    "section",
    { class: "stage rank-stage", "aria-label": t("stage.name"), tabindex: "-1" },
    h(
      "div",
      { class: "rank-choices" },
      h(
        "div",
        { class: "segments masks", role: "radiogroup", "aria-label": t("masks.title") },
        options.map(({ title }, i) => h("label", {}, radios[i], h("span", {}, pick(title)))),
      ),
      text.choices,
    ),
    text.element,
    sentence,
    h("div", { class: "rank-pictures" }, map.element, values.element, high.element),
    strip.element,
  );
  /** @type {Scene | null} */
  let scene = null;
  /** Where a pointer rests on the map. @type {[number, number] | null} */
  let over = null;
  map.canvas.addEventListener("pointermove", ({ offsetX, offsetY }) => {
    over = [offsetX / map.canvas.clientWidth, offsetY / map.canvas.clientHeight];
    tell();
  });
  map.canvas.addEventListener("pointerleave", () => {
    over = null;
    tell();
  });

  function tell() {
    if (!scene?.frames.map) return;
    const { i, j, weight } = over ? view.read(...over, scene) : { i: 0, j: 0, weight: 0 };
    if (!over) return write(said, t("said.map"));
    const letters = lettersOf(scene.frames);
    const cell = { i: i + 1, j: j + 1, weight: number(weight, 3) };
    const read = { ...cell, a: glyph(letters[i] ?? ""), b: glyph(letters[j] ?? "") };
    write(said, letters.length ? t("said.letters", read) : t("said.cell", cell));
  }

  /** @type {Part["update"]} */
  function update(state, palette) {
    text.update(state);
    scene = sceneOf(state, palette, element, t, live.values());
    if (!scene) return;
    const { given, claim, at, frames } = scene;
    const wanted = (state.wanted ?? state.experiment)?.values;
    radios.forEach((radio) => (radio.checked = radio.value === wanted?.mask));
    const value = (/** @type {string} */ id) => number(claim(id)?.value, 4);
    const holes = {
      n: frames.map?.shape[0] ?? 0,
      d: String(scene.values.d),
      layer: String(given.layer),
      head: String(given.head),
      steps: state.status?.head_steps ?? 0,
      drawn: number(claim("erank_drawn")?.expected, 4),
      rank: value("rank_1e6"),
      some: value("rank_1e2"),
      erank: value("erank_entropy"),
      det: value("log10_det"),
    };
    write(sentence, t(says[kind(given)], holes));
    /** What one picture is drawn from. @param {ReturnType<typeof picture>} one @returns {Scene} */
    const of = (one) => ({ .../** @type {Scene} */ (scene), frames: one.reads(frames) });
    view.draw(of(map));
    tell();
    spectrum(values.canvas, of(values));
    tower(high.canvas, of(high));
    strip.update(scene);
    const known = masks.flatMap((mask, i) => {
      const there = Number.isFinite(frames.spectra?.data[i * (frames.spectra?.shape[1] ?? 0)]);
      const title = options.find((one) => one.value === mask)?.title;
      return there && title
        ? [/** @type {[string, string, boolean]} */ ([maskColours[i], pick(title), mask === given.mask])]
        : [];
    });
    others.hidden = known.length === masks.length;
    explain(values.roles, [...known, ["ink-soft", t("key.logits")]]);
    explain(high.roles, [
      ["signed-minus", t("key.first")],
      ["signed-plus", t("key.last")],
    ]);
    map.canvas.setAttribute("aria-label", t("aria.map", holes));
    values.canvas.setAttribute("aria-label", t("aria.spectrum", holes));
    high.canvas.setAttribute("aria-label", t("aria.tower", { at, spread: value("row_spread") }));
  }
  return { element, update };
}
