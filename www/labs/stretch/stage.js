// The stage: what is asked, one sentence that says what to watch, the one number to turn, the large picture and two beside it.
import { control } from "../../ui/control.js";
import { createDial, even } from "../../ui/dial.js";
import { h, write } from "../../ui/dom.js";
import { createFigure } from "../../ui/figure.js";
import { holdable } from "../../ui/grip.js";
import { family } from "../../ui/i18n.js";
import { effect, lift, rows } from "./cancel.js";
import { added, attention, mass } from "./family.js";
import { lanesOf, onStage, shared } from "./lanes.js";
import { roles, said } from "./legend.js";
import { lengths, looks, places } from "./measured.js";
import { count } from "./scene.js";
import { printed, retained, since, slopes } from "./table.js";
import { gaze, profile, strips } from "./terms.js";
import { angles, entropy, waves } from "./tricks.js";
import { growth, shares } from "./window.js";
/** @import { Experiment } from "../../types.js" */
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Live } from "../../ui/live.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Role } from "../../ui/figure.js" */
/** @import { Words } from "./strings.js" */

const views = /** @type {const} */ ([
  "terms",
  "window",
  "cancel",
  "family",
  "tricks",
  "measured",
  "train",
  "table",
]);
const watch = family("watch", views);
/** The large picture of each view, and the two beside it. */
/** @typedef {Exclude<typeof views[number], "train">} Pictured */
const pictures = /** @type {const} */ ({
  terms: ["strips", "profile", "gaze"],
  window: ["shares", "mass", "entropy"],
  cancel: ["rows", "lift", "effect"],
  family: ["added", "attention", "held"],
  tricks: ["angles", "waves", "spread"],
  measured: ["places", "lengths", "looks"],
  table: ["slopes", "retained", "since"],
});
const titles = family("title", [
  "strips",
  "profile",
  "gaze",
  "shares",
  "mass",
  "entropy",
  "rows",
  "lift",
  "effect",
  "added",
  "attention",
  "held",
  "waves",
  "angles",
  "spread",
  "places",
  "lengths",
  "looks",
  "slopes",
  "retained",
  "since",
]);

/** The number that is turned in each view. */
const turned = /** @type {const} */ ({
  terms: "a",
  window: "c",
  cancel: "b",
  family: "c",
  tricks: "stretch",
  measured: null,
  train: "stretch",
  table: null,
});

/** @typedef {(canvas: HTMLCanvasElement, scene: Scene) => unknown} Draw */
/** @type {Record<Pictured, [Draw, Draw, Draw]>} */
const draws = {
  terms: [strips, profile, gaze],
  window: [shares, (canvas, scene) => growth(canvas, scene, 1), (canvas, scene) => growth(canvas, scene, 2)],
  cancel: [rows, lift, effect],
  family: [added, attention, mass],
  tricks: [angles, waves, entropy],
  measured: [places, lengths, looks],
  table: [slopes, retained, since],
};

/**
 * @param {Desk<Words>} desk @param {Live} live
 * @param {(values: Experiment["values"]) => unknown} set
 * @param {(Part & {element: HTMLElement})[]} learning what is shown of networks that are trained here
 * @param {Part & {element: HTMLElement}} learnt what is shown of those that ship
 * @param {Part & {element: HTMLElement}} texts what they read
 */
export function stage({ words, help, schema }, live, set, learning, learnt, texts) {
  const { t, pick } = words;
  const parameter = (/** @type {string} */ key) => schema.parameters.find((one) => one.key === key);
  const options = (/** @type {string} */ key) => parameter(key)?.options ?? [];
  const schemes = options("scheme");
  const tricks = options("trick");
  const spoken = { t, pick, schemes, tricks };
  const radios = options("view").map(({ value }) =>
    h("input", { type: "radio", name: "stretch-view", value, onchange: () => set({ view: value }) }),
  );
  const sentence = h("h2", { class: "says" });
  const knob = createDial({
    live,
    parameter,
    pick,
    label: (title) => t("dial.label", { title }),
    scale: () => even(1),
  });
  const all = [
    createFigure("stretch-frame", set),
    createFigure("stretch-frame", set),
    createFigure("stretch-frame", set),
  ];
  all[0].element.classList.add("main-figure");
  const grip = h("button", { type: "button", class: "grip stretch-k", hidden: true });
  all[1].frame.append(grip);
  const warning = h(
    "div",
    { class: "warning", hidden: true },
    h("blockquote", {}, h("h3", {}, t("warning.author")), h("p", {}, t("warning.unstable"))),
    h("blockquote", {}, h("h3", {}, t("warning.since")), h("p", {}, t("warning.later"))),
  );
  const dials = onStage.flatMap((key) => {
    const known = parameter(key);
    return known
      ? [
          {
            key,
            ...control(known, words, help, (value) => void set({ [key]: value }), { name: `stage-${key}` }),
          },
        ]
      : [];
  });
  const settings = h(
    "div",
    { class: "twin-settings", role: "group", "aria-label": t("measured.settings"), hidden: true },
    dials.map((dial) => dial.element),
  );
  const read = h("p", { class: "read", role: "status", hidden: true });
  const figures = h(
    "div",
    { class: "stretch-pictures" },
    all[0].element,
    h("div", { class: "beside" }, all[1].element, all[2].element),
  );
  const element = h(
    "section",
    { class: "stage stretch-stage", "aria-label": t("stretch.title"), tabindex: "-1" },
    h(
      "div",
      { class: "segments views-of-stretch", role: "radiogroup", "aria-label": t("view.title") },
      options("view").map(({ title }, i) => h("label", {}, radios[i], h("span", {}, pick(title)))),
    ),
    sentence,
    knob.element,
    warning,
    read,
    figures,
    settings,
    texts.element,
    learnt.element,
    learning.map((part) => part.element),
  );

  /** The distance under a place of the picture of g. @type {((px: number) => number) | null} */
  let distance = null;
  const most = parameter("k")?.max ?? 1;
  const bounded = (/** @type {number} */ k) => ({ k: Math.min(most, Math.max(1, Math.round(k))) });
  const under = (/** @type {{clientX: number}} */ { clientX }) =>
    bounded(distance?.(clientX - all[1].canvas.getBoundingClientRect().left) ?? 1);
  holdable(grip, {
    slide: (event) => live.move(under(event)),
    drop: (event) => live.settle(under(event)),
    push([right, up], far) {
      const k = live.values().k;
      const step = Math.max(1, Math.round(k * (far ? 0.5 : 0.1)));
      live.settle(bounded(k + (right + up) * step));
    },
  });

  /** @param {ReturnType<typeof createFigure>} one @param {keyof typeof titles} title @param {Role[]} roles @param {string} said */
  const name = (one, title, roles, said) => one.name(t(titles[title]), roles, said);

  /** @type {Part["update"]} */
  function update(state, palette) {
    const { colours } = palette;
    const { status, experiment, frames, readouts } = state;
    if (!status || !experiment) return;
    const values = (state.wanted ?? experiment).values;
    const asked = /** @type {typeof views[number]} */ (String(experiment.values.view));
    radios.forEach((radio) => (radio.checked = radio.value === values.view));
    element.dataset.view = asked;
    write(sentence, t(watch[asked]));
    warning.hidden = asked !== "table";
    figures.hidden = asked === "train";
    knob.element.hidden = turned[asked] === null;
    read.hidden = asked !== "measured";
    settings.hidden = asked !== "measured" && asked !== "train";
    if (!settings.hidden)
      for (const dial of dials) {
        dial.element.hidden = asked === "train" && !shared.includes(dial.key);
        dial.update(values[dial.key], values);
      }
    learning.forEach((part) => (part.element.hidden = asked !== "train"));
    learnt.update(state, palette, null);
    texts.update(state, palette, null);
    if (asked === "train") knob.update(turned.train, live.values());
    if (asked === "train") return learning.forEach((part) => part.update(state, palette, null));
    const view = asked;
    const { done, total } = status.tasks?.read ?? { done: 0, total: 0 };
    write(read, t("measured.read", { done, total }));
    const at = (/** @type {{value: string}[]} */ list, /** @type {string} */ key) =>
      Math.max(
        0,
        list.findIndex(({ value }) => value === experiment.values[key]),
      );
    const measured = view === "measured";
    // Those that ship learnt from texts of 64 characters and read eight times as much.
    const trained = measured ? 64 : Number(experiment.values.train_length);
    const length = measured ? 8 * trained : Number(experiment.values.length);
    const scene = {
      frames,
      n: status.tokens ?? trained,
      trained,
      longest: Math.max(trained, length),
      values: live.values(),
      scheme: at(schemes, "scheme"),
      trick: at(tricks, "trick"),
      lanes: lanesOf(experiment.values, schema, pick),
      colours,
      font: getComputedStyle(element).fontFamily,
      claim: (/** @type {string} */ id) => readouts.find((one) => one.id === id),
      t,
    };
    knob.update(turned[view], scene.values);
    const answers = draws[view].map((draw, i) =>
      draw(all[i].canvas, { ...scene, frames: all[i].reads(frames) }),
    );
    if (view === "table") all.forEach((one, i) => one.rows(printed[i]));
    const stick = /** @type {ReturnType<typeof profile>} */ (view === "terms" ? answers[1] : null);
    distance = stick?.distance ?? null;
    grip.hidden = !stick;
    if (stick) {
      grip.style.left = `${stick.x}px`;
      grip.style.top = `${stick.y}px`;
      const label = t("grip.k", { k: count(scene.values.k) });
      if (grip.title !== label) {
        grip.title = label;
        grip.setAttribute("aria-label", label);
      }
    }
    const keys = roles(spoken, view, scene);
    all.forEach((one, i) => name(one, pictures[view][i], keys[i], i ? "" : said(spoken, view, scene)));
  }
  return { element, update };
}
