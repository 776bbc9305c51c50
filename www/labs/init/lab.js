// Lab 12 · How a Transformer is born: a signal through random layers, cut laws and tuned activations, the √d switch, residual branches.
import { h } from "../../ui/dom.js";
import { createLive } from "../../ui/live.js";
import { keeping } from "../../ui/phrases.js";
import { columns, table } from "./csv.js";
import { createTwins, twinFrames, twinKeys, twins } from "../../ui/twins.js";
import { formula } from "./formula.js";
import { lanesOf, watching } from "./train.js";
import { transferTools } from "./transfer.js";
import { stage } from "./stage.js";
import { strings } from "./strings.js";
/** @import { Experiment } from "../../types.js" */
/** @import { Composition, Desk } from "../../ui/lab.js" */
/** @import { Words } from "./strings.js" */

/** Chosen on the stage, not by a control of the panel. */
const elsewhere = new Set(["view", "scaling", "norm"]);

/** @param {Desk<Words>} desk @returns {Composition} */
function compose(desk) {
  const { words, schema, player, draw, home } = desk;
  const { t, pick } = words;
  const learning = createTwins(desk, {
    learns: ({ view }) => view === "train",
    identity: ["depth"],
    async prepare() {
      if (learning.values().view !== "train") await learning.set({ view: "train" });
    },
  });
  const live = createLive({ player, edit: ({ values = {} }) => learning.set(values), draw });

  /** A formula belongs to what it was typed for. @param {Experiment["values"]} values @param {Partial<Experiment> & {part?: number}} [more] */
  function set(values, more = {}) {
    const known = values.activation !== undefined && values.activation !== "typed";
    return learning.set(values, { ...(known ? { expressions: [] } : {}), ...more });
  }
  const own = formula(desk);
  const named = () => lanesOf(learning.values(), schema.parameters, pick);
  const trial = twins(desk, learning, { title: t("twins.title"), hint: t("twins.hint"), twins: named });
  const watched = watching(desk, named);
  const tools = transferTools(desk, set);
  const kept = new Set(twinKeys(schema));
  let swept = 0;
  let fetching = false;
  /** What was swept since is drawn, too. @param {import("../../ui/player.js").State} state */
  async function follow({ status }) {
    const { done = 0, total = 0 } = status?.tasks.sweep ?? {};
    if (done < swept) swept = 0;
    if (fetching || done === swept || (done < swept + 16 && done < total)) return;
    fetching = true;
    swept = done;
    await player.refresh();
    fetching = false;
  }
  function saveNumbers() {
    const rows = table(player.state);
    if (rows) void home.csv([rows], `chailou-init-${player.state.experiment?.values.view}.csv`);
  }
  return {
    stage: stage(desk, live, set, { train: [trial, watched], transfer: [tools] }),
    kind: "of-init",
    below: [
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", class: "button", onclick: saveNumbers }, t("csv.save")),
      ),
    ],
    inner: [{ update: own.update }],
    set,
    listen: (state) => void follow(state),
    panel: {
      parameters: schema.parameters.filter(({ key }) => !elsewhere.has(key) && !kept.has(key)),
      also: schema.parameters.filter(({ key }) => elsewhere.has(key)),
      extras: { activation: own.element },
    },
    time: {
      hint: t("time.hint"),
      say: ({ status }) => t("time.said", { at: String(status?.at ?? 0) }),
    },
    phrases: {
      apply: keeping(schema, new Set(["seed", ...kept]), set),
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
      "layers",
      "histogram",
      "ruler",
      "cuts",
      "activation",
      "tuned",
      "rows",
      "curve",
      "heads",
      "rungs",
      "shares",
    ],
    rest: [...twinFrames, "twin_logits", "twin_updates", "twin_gradients", "sweep", "best_rates", "changes"],
    once: [],
  },
  numbers: { columns },
  compose,
};
