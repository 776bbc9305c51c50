// Networks that differ in one thing, trained side by side: one button, their held-out losses as they fall, paired differences, and a verdict in a sentence.
import { differences } from "../views/differences.js";
import { twinLosses } from "../views/twin-losses.js";
import { control } from "./control.js";
import { h, write } from "./dom.js";
import { createFigure } from "./figure.js";
import { number } from "./format.js";
import { strings as shared } from "./strings-training.js";
import { strings } from "./strings-twins.js";
import { createTraining } from "./training.js";
import { trainingTools } from "./training-tools.js";
/** @import { Frame } from "../types.js" */
/** @import { Colours } from "../views/palette.js" */
/** @import { Desk, Part } from "./lab.js" */
/** @import { Training } from "./training.js" */

/** Frames that are looked at. */
export const twinFrames = ["twin_losses", "twin_rights", "twin_pairs"];
/** Settings of which another value is other twins. @param {import("../types.js").LabSchema} schema */
const deciding = ({ parameters }) => [
  ...parameters
    .filter(({ group, affects }) => group === "twins" && affects.includes("network"))
    .map(({ key }) => key),
  "seed",
];
/** The settings that decide on the twins or on how far they go. @param {import("../types.js").LabSchema} schema */
export const twinKeys = ({ parameters }) =>
  parameters.filter(({ group }) => group === "twins").map(({ key }) => key);

/** Twins that are trained here. @param {Desk<any>} desk @param {{learns?: (values: import("../types.js").Experiment["values"]) => boolean, prepare?: () => Promise<unknown>, identity?: string[], renews?: (more: import("./training.js").More) => boolean}} [how] identity: settings besides those of twins that decide on them */
export function createTwins(desk, { learns, prepare, identity = [], renews = () => false } = {}) {
  const { player, schema } = desk;
  const planned = () => Number(player.state.status?.planned ?? 0);
  return createTraining(desk, {
    identity: [...deciding(schema), ...identity],
    renews,
    ...(learns && { learns }),
    async prepare(replaying) {
      if (!replaying) await prepare?.();
    },
    refresh: () => player.refresh(),
    good: planned,
    most: planned,
  });
}

/** What the twins of each seed have at the last look that was come to, and how many looks that were. @param {Frame} losses @param {number} seed @param {number} twin */
function lastOf({ data, shape: [, count, looks] }, seed, twin) {
  const row = data.subarray((seed * count + twin) * looks, (seed * count + twin + 1) * looks);
  const known = row.findIndex((loss) => !Number.isFinite(loss));
  const reached = known < 0 ? looks : known;
  return { loss: reached ? row[reached - 1] : NaN, reached };
}

/** Every seed that has ended: the loss of each twin. @param {Frame} losses */
function endsOf(losses) {
  const [seeds, count, looks] = losses.shape;
  const rows = Array.from({ length: seeds }, (_, seed) =>
    Array.from({ length: count }, (_, twin) => lastOf(losses, seed, twin)),
  );
  return rows
    .filter((row) => row.every(({ reached }) => reached === looks))
    .map((row) => row.map(({ loss }) => loss));
}

/**
 * @param {Desk<any>} desk
 * @param {Training} learning
 * @param {object} about
 * @param {string} about.title @param {string} about.hint what is to be seen, before anything was trained
 * @param {() => {name: string, colour: keyof Colours}[]} about.twins those that differ, the one that the others are compared with first
 * @returns {Part & {element: HTMLElement, start: () => unknown}}
 */
export function twins(desk, learning, { title, hint, twins: named }) {
  const { words: own, help, home, schema } = desk;
  const words = own.with(shared).with(strings);
  const { t } = words;
  const { trainer, set, values } = learning;
  const dials = schema.parameters
    .filter(({ group, key }) => group === "twins" && key !== "trained")
    .map((parameter) => ({
      key: parameter.key,
      ...control(parameter, words, help, (value) => void set({ [parameter.key]: value }), {
        name: `twins-${parameter.key}`,
      }),
    }));
  const tools = trainingTools({
    words,
    home,
    losses: ["twin_losses", "twin_pairs"],
    trainer,
    begin: t("twins.begin"),
    onstart: trainer.start,
    onrewind: () => (trainer.drop(), set({ trained: 0 })),
    onslower: async () => (
      await set({ rate: Number((Number(values().rate) / 4).toPrecision(2)) }), trainer.start()
    ),
    onrepair: async (repair) => (await set(repair), trainer.start()),
  });
  const steps = h("output", { class: "steps" });
  const pace = h("p", { class: "pace" });
  const sentence = h("p", { class: "twin-says", role: "status" });
  const [falls, apart] = [createFigure("twin-frame"), createFigure("twin-frame")];
  const element = h(
    "section",
    { class: "training twins", "aria-labelledby": "twins-title" },
    h("header", {}, h("h2", { id: "twins-title" }, title), steps),
    sentence,
    h("div", { class: "buttons", role: "group", "aria-label": title }, tools.buttons),
    pace,
    tools.take,
    tools.tale,
    tools.trouble,
    h("div", { class: "twin-pictures" }, falls.element, apart.element),
    h(
      "div",
      { class: "twin-settings" },
      dials.map((dial) => dial.element),
    ),
  );

  /** @param {number} seconds */
  const duration = (seconds) =>
    seconds < 90
      ? t("twins.seconds", { n: Math.max(1, Math.round(seconds)) })
      : t("twins.minutes", { n: Math.round(seconds / 60) });

  /** What the numbers say. @param {Frame} losses @param {Frame} pairs @param {{name: string}[]} all */
  function verdict(losses, pairs, all) {
    const ends = endsOf(losses);
    if (!ends.length) return hint;
    const means = all
      .slice(1)
      .map((_, i) => ends.reduce((sum, row) => sum + row[i + 1] - row[0], 0) / ends.length);
    // Of several the one that comes nearest to the first, or beats it.
    const which = means.indexOf(Math.min(...means));
    const [mean, half, p] = pairs.data.subarray(4 * which, 4 * which + 3);
    const holes = { a: all[0].name, b: all[which + 1].name, n: ends.length, mean: number(means[which], 3) };
    if (ends.length < 3) return t("twins.few", holes);
    const more = { ...holes, mean: number(mean, 3), half: number(half, 2), p: number(p, 2) };
    return Math.abs(mean) <= half
      ? t("twins.none", more)
      : t("twins.better", { ...more, who: mean < 0 ? holes.b : holes.a });
  }

  /** @type {Part["update"]} */
  function update(state, { colours }) {
    const { status, frames } = state;
    const wanted = (state.wanted ?? state.experiment)?.values;
    if (!status || !wanted) return;
    const done = trainer.done();
    const planned = Number(status.planned ?? 0);
    const running = trainer.running();
    dials.forEach((dial) => dial.update(wanted[dial.key], wanted));
    const { broke } = status;
    const fallen = named()[broke?.twin ?? 0]?.name ?? "";
    tools.update(done, wanted.rate, done >= planned, broke, fallen);
    write(steps, t("train.steps", { n: done }));
    const seeds = Number(wanted.seeds);
    const each = planned / Math.max(1, seeds);
    const seed = { n: Math.min(seeds, Math.floor(done / each) + 1), seeds };
    const rate = trainer.rate();
    write(
      pace,
      running
        ? [
            t("twins.seed", seed),
            rate ? t("train.rate", { n: number(rate, 2) }) : "",
            rate ? t("twins.left", { time: duration((planned - done) / rate) }) : "",
          ]
            .filter(Boolean)
            .join(" · ")
        : t("twins.ready", { n: Math.floor(done / each), seeds }),
    );
    const { twin_losses: losses } = falls.reads(frames);
    const { twin_pairs: pairs } = apart.reads(frames);
    if (!losses || !pairs) return;
    const all = named();
    write(sentence, verdict(losses, pairs, all));
    const font = getComputedStyle(element).fontFamily;
    const drawn = { losses, colours, font, twins: all, steps: each, across: t("twins.step") };
    twinLosses(falls.canvas, { ...drawn, empty: t("twins.empty") });
    differences(apart.canvas, {
      ends: endsOf(losses),
      pairs,
      colours,
      font,
      names: all.slice(1).map(({ name }) => t("twins.less", { a: all[0].name, b: name })),
      tints: all.slice(1).map(({ colour }) => colour),
      empty: t("twins.empty.pairs"),
    });
    const now = all.map(({ name }, i) => {
      const latest = lastOf(losses, Math.max(0, seed.n - 1), i).loss;
      return `${name} ${Number.isFinite(latest) ? number(latest, 3) : "–"}`;
    });
    falls.name(
      t("twins.losses"),
      all.map(({ name, colour }) => [colour, name]),
      t("twins.said.losses", { all: now.join(", "), n: done }),
    );
    apart.name(t("twins.differences"), [["ink", t("twins.mean")]], verdict(losses, pairs, all));
  }
  return { element, update, start: trainer.start };
}
