// Lab 8 · Which way is down: a point, a density and a cloud roll downhill, each by its own ruler.
import { h } from "../../ui/dom.js";
import { createLive } from "../../ui/live.js";
import { defaults, place } from "../../ui/phrases.js";
import { columns, table } from "./csv.js";
import { formula } from "./formula.js";
import { isDrawn } from "./own.js";
import { stage } from "./stage.js";
import { strings } from "./strings.js";
/** @import { Experiment, Land } from "../../types.js" */
/** @import { Composition, Desk } from "../../ui/lab.js" */
/** @import { Words } from "./strings.js" */

/** Chosen on the stage, not by a control of the panel. */
const elsewhere = new Set(["part"]);

/** @param {Desk<Words>} desk @returns {Composition} */
function compose(desk) {
  const { words, schema, player, edit, draw, visit, home } = desk;
  const { t } = words;
  const { landscapes, potential } = desk.catalogue;
  const named = (/** @type {unknown} */ id) => /** @type {Land} */ (landscapes.find((one) => one.id === id));
  const live = createLive({ player, edit, draw });

  const now = (/** @type {string} */ key) => player.state.wanted?.values[key];
  const isOnLine = (/** @type {unknown} */ part) => part === "line";

  /** Another landscape brings a place to start from and steps that suit it. @param {Experiment["values"]} values @param {Partial<Experiment> & {part?: number}} [more] */
  function set(values, more = {}) {
    const other = values.landscape !== undefined && values.landscape !== now("landscape");
    const start = other ? { ...named(values.landscape).start } : {};
    // A formula belongs to what it was typed for.
    const afresh = other || (values.part !== undefined && isOnLine(values.part) !== isOnLine(now("part")));
    const changed = afresh || (values.target !== undefined && values.target !== now("target"));
    // A drawing belongs to the target that it is, and points to data or to the landscape that is drawn.
    const undrawn = (values.target ?? "drawn") === "drawn" ? {} : { loop: [] };
    const [data, ground] = [values.data ?? now("data"), values.landscape ?? now("landscape")];
    const chosen = values.data !== undefined || values.landscape !== undefined;
    const kept = data === "drawn" || (ground === "drawn" && data !== "mixture");
    const unpointed = chosen && !kept ? { points: null } : {};
    // Nothing was drawn yet: then that is what is to be done.
    const asks = (values.data ?? values.landscape) === "drawn" && more.points === undefined;
    const bare = asks && !(player.state.wanted ?? player.state.experiment)?.points?.length;
    const done = edit({
      values: { ...start, ...values },
      ...(changed ? { expressions: [] } : {}),
      ...undrawn,
      ...unpointed,
      ...more,
    });
    if (bare) sheet.draw();
    return done;
  }

  const sheet = stage(desk, live, set);
  const land = formula(desk, "land", ({ landscape }) => ({
    own: landscape === "typed",
    text: named(landscape).formula,
  }));
  const law = formula(desk, "potential", ({ target }) => ({ own: target === "typed", text: potential }));
  const over = h(
    "button",
    { type: "button", class: "button", hidden: true, onclick: openPoints },
    t("bridge.open"),
  );
  /** The same data, seed and step in the lab of points, with its exact denoiser. */
  function openPoints() {
    const { experiment, status } = player.state;
    if (!experiment) return;
    const { part, points, particles, steps, seed } = experiment.values;
    const data = part === "bridge" ? experiment.values.data : "drawn";
    const values = {
      ...{ data, points, steps, seed, sampler: "ddim", denoiser: "exact" },
      particles: Math.min(2000, Math.max(100, Number(particles))),
    };
    void visit({ values, points: experiment.points ?? null, at: part === "bridge" ? (status?.at ?? 0) : 0 });
  }
  function saveNumbers() {
    const rows = table(player.state);
    if (rows) void home.csv([rows], `chailou-flow-${player.state.experiment?.values.part}.csv`);
  }

  return {
    stage: sheet,
    kind: "of-flow",
    below: [
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", class: "button", onclick: saveNumbers }, t("csv.save")),
        over,
      ),
    ],
    inner: [
      { update: (state) => (land.update(state), law.update(state)) },
      {
        update({ experiment }) {
          const values = experiment?.values ?? {};
          over.hidden = values.part !== "bridge" && !isDrawn(values);
        },
      },
    ],
    set,
    keys: sheet.isDrawing,
    leave: sheet.leave,
    panel: {
      parameters: schema.parameters.filter(({ key }) => !elsewhere.has(key)),
      also: schema.parameters.filter(({ key }) => elsewhere.has(key)),
      extras: { point: land.element, law: law.element },
    },
    time: {
      hint: t("time.hint"),
      say: ({ status }) => t("time.said", { time: (status?.time ?? 0).toFixed(3) }),
    },
    phrases: {
      verbs: { draw: sheet.draw },
      async apply({ values, at, more }) {
        const some = Object.keys(values).length > 0;
        if (!some && at === null) return;
        const start = values.landscape ? named(values.landscape).start : {};
        const whole = some ? { ...defaults(schema, new Set()), ...start, ...values } : {};
        await edit({
          values: /** @type {Experiment["values"]} */ (whole),
          ...(some ? { expressions: [], loop: [], points: null } : {}),
          ...more,
          ...place(at),
        });
      },
    },
  };
}

export const lab = {
  strings,
  style: new URL("./style.css", import.meta.url),
  notes: { en: new URL("./notes.en.html", import.meta.url), zh: new URL("./notes.zh.html", import.meta.url) },
  watched: {
    pull: [
      ...["paths", "charted", "heights", "compass", "section"],
      ...["lanes", "dots", "arrows", "ways", "field"],
      ...["cloud", "cloud2", "cloud3", "cloud4", "heap1", "heap2", "heap3", "heap4", "sheet", "read"],
    ],
    rest: ["jump", "falls", "plan", "settled", "plan_window"],
    once: ["window", "map", "grid", "target", "data"],
  },
  numbers: { columns },
  compose,
};
