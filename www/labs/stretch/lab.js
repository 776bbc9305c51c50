// Lab 12 · Train short, stretch long: four terms, a window, a bias that cancels or not, other schemes, what stretches, networks that were
// trained and some that are trained here, a printed table.
import { h } from "../../ui/dom.js";
import { createLive } from "../../ui/live.js";
import { keeping } from "../../ui/phrases.js";
import { createTwins, twinFrames, twinKeys, twins } from "../../ui/twins.js";
import { columns, table } from "./csv.js";
import { learnt } from "./four.js";
import { growing } from "./growing.js";
import { laneKeys, lanesOf, onStage } from "./lanes.js";
import { printed } from "./printed.js";
import { createReading } from "./reading.js";
import { count } from "./scene.js";
import { stage } from "./stage.js";
import { strings } from "./strings.js";
import { texts } from "./texts.js";
/** @import { Composition, Desk } from "../../ui/lab.js" */
/** @import { Words } from "./strings.js" */

/** Chosen on the stage, not by a control of the panel. */
const elsewhere = new Set(["view", ...onStage]);

/** @param {Desk<Words>} desk @returns {Composition} */
function compose(desk) {
  const { words, schema, player, signal, draw, home } = desk;
  const { t, pick } = words;
  const learning = createTwins(desk, {
    learns: ({ view }) => view === "train",
    async prepare() {
      if (learning.values().view !== "train") await learning.set({ view: "train" });
    },
    identity: laneKeys,
    renews: ({ text }) => text !== undefined && text !== (learning.wanted()?.text ?? null),
  });
  const { set } = learning;
  const live = createLive({ player, edit: ({ values = {} }) => set(values), draw });
  const lanes = () => lanesOf(learning.values(), schema, pick);
  const trial = twins(desk, learning, { title: t("trial.title"), hint: t("trial.hint"), twins: lanes });
  const read = createReading(desk);
  player.subscribe(() => void read(), signal);
  const kept = new Set(twinKeys(schema));
  function saveNumbers() {
    const rows = table(player.state);
    if (rows) void home.csv([rows], `chailou-stretch-${player.state.experiment?.values.view}.csv`);
  }
  return {
    stage: stage(
      desk,
      live,
      set,
      [trial, growing(desk, lanes, () => live.values().stretch)],
      learnt(desk),
      texts(desk, { set, train: () => trial.start() }),
    ),
    kind: "of-stretch",
    below: [
      printed(desk),
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", class: "button", onclick: saveNumbers }, t("csv.save")),
      ),
    ],
    set,
    panel: {
      parameters: schema.parameters.filter(({ key }) => !elsewhere.has(key) && !kept.has(key)),
      also: schema.parameters.filter(({ key }) => elsewhere.has(key)),
    },
    time: {
      hint: t("time.hint"),
      say: ({ status }) => t("time.said", { n: count(status?.tokens ?? 0) }),
    },
    phrases: {
      apply: keeping(schema, kept, set),
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
    pull: [
      "terms",
      "spread",
      "gaze",
      "profile",
      "shares",
      "growth",
      "rows",
      "lift",
      "effect",
      "family",
      "family_shares",
      "family_mass",
      "tricks",
      "angles",
      "trick_entropy",
      "read_to",
    ],
    rest: ["places", "lengths", "looks", "four", ...twinFrames, "twin_places"],
    once: [],
  },
  numbers: { columns },
  compose,
};
