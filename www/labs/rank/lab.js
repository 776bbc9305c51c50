// Lab 2 · Why decoder-only: one head under four masks, its spectrum, a tower of such heads, and what the designs cost.
import { h } from "../../ui/dom.js";
import { createLive } from "../../ui/live.js";
import { keeping } from "../../ui/phrases.js";
import { createTwins, twinFrames, twinKeys, twins } from "../../ui/twins.js";
import { costs } from "./costs.js";
import { columns, table } from "./csv.js";
import { evidence } from "./evidence.js";
import { knownMasks, masks } from "./scene.js";
import { family } from "../../ui/i18n.js";
import { stage } from "./stage.js";
import { strings } from "./strings.js";
/** @import { Composition, Desk } from "../../ui/lab.js" */
/** @import { Words } from "./strings.js" */

/** Chosen on the stage. */
const elsewhere = new Set(["mask", "source"]);

/** Who is on trial: by the chosen pair, the one that the other is compared with first. */
const pairs = /** @type {const} */ ({ prefix: ["gpt", "unilm"], gaps: ["two-way", "mixed"] });
const twinName = family("twin", ["gpt", "unilm", "two-way", "mixed"]);
const twinColours = /** @type {const} */ (["lane-1", "lane-2"]);

/** How much of what tells tokens apart still stands after a layer; as much as after the last that is known, where it is not yet.
 * @param {import("../../ui/player.js").State} state @param {number} step */
function standing({ frames: { depth }, experiment }, step) {
  const row = masks.indexOf(/** @type {"causal"} */ (experiment?.values.mask));
  if (!depth || row < 0) return 1;
  for (let k = Math.min(step, depth.shape[1] - 1); k >= 0; k--) {
    const spread = depth.data[row * depth.shape[1] + k];
    if (Number.isFinite(spread)) return Math.min(1, spread);
  }
  return 1;
}

/** @param {Desk<Words>} desk @returns {Composition} */
function compose(desk) {
  const { words, schema, player, draw, home } = desk;
  const { t } = words;
  const learning = createTwins(desk);
  const { set } = learning;
  const live = createLive({ player, edit: ({ values = {} }) => set(values), draw });
  const trial = twins(desk, learning, {
    title: t("twins.title"),
    hint: t("twins.hint"),
    twins: () =>
      pairs[/** @type {keyof typeof pairs} */ (String(learning.values().twins))].map((twin, i) => ({
        name: t(twinName[twin]),
        colour: twinColours[i],
      })),
  });
  const kept = new Set(twinKeys(schema));

  let fetching = false;
  /** What was measured of another mask is drawn, too. @param {import("../../ui/player.js").State} state */
  async function follow({ status, frames: { spectra } }) {
    if (fetching || !spectra || !status?.tasks.masks) return;
    if (knownMasks(spectra) > status.tasks.masks.done) return;
    fetching = true;
    await player.refresh();
    fetching = false;
  }
  function saveNumbers() {
    const rows = table(player.state);
    if (rows) void home.csv([rows], `chailou-rank-${player.state.experiment?.values.mask}.csv`);
  }
  return {
    stage: stage(desk, live, set, () => {
      trial.element.scrollIntoView({ block: "start" });
      trial.element.querySelector("button")?.focus({ preventScroll: true });
    }),
    kind: "of-rank",
    below: [
      evidence(desk),
      trial,
      costs(words),
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", class: "button", onclick: saveNumbers }, t("csv.save")),
      ),
    ],
    set,
    listen: (state) => void follow(state),
    panel: {
      parameters: schema.parameters.filter(({ key }) => !elsewhere.has(key) && !kept.has(key)),
      also: schema.parameters.filter(({ key }) => elsewhere.has(key)),
    },
    time: { hint: t("time.hint"), share: standing },
    phrases: {
      apply: keeping(schema, kept, set),
      goals: { twins: trial.element, train: trial.element },
      verbs: { train: trial.start },
    },
    hold: learning.hold,
    leave: learning.trainer.drop,
  };
}

export const lab = {
  strings,
  style: new URL("./style.css", import.meta.url),
  notes: { en: new URL("./notes.en.html", import.meta.url), zh: new URL("./notes.zh.html", import.meta.url) },
  watched: {
    pull: ["map", "spectra", "points", "depth", "order", "cost", "letters"],
    rest: twinFrames,
    once: [],
  },
  numbers: { columns },
  compose,
};
