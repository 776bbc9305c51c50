// Lab 10 · Can attention really concentrate? Kernels on the same keys, a phase change, a needle, a query's shape, decay, longer texts.
import { h } from "../../ui/dom.js";
import { family } from "../../ui/i18n.js";
import { createLive } from "../../ui/live.js";
import { keeping } from "../../ui/phrases.js";
import { createTwins, twinFrames, twinKeys, twins } from "../../ui/twins.js";
import { board } from "./board.js";
import { columns, table } from "./csv.js";
import { exam } from "./exam.js";
import { count } from "./numbers.js";
import { strawboard } from "./straw.js";
import { kernelColours } from "./scene.js";
import { stage } from "./stage.js";
import { strings } from "./strings.js";
/** @import { Composition, Desk } from "../../ui/lab.js" */
/** @import { Words } from "./strings.js" */

/** The four that are trained, softmax first. */
const twinKernels = /** @type {const} */ (["softmax", "elu1", "relu2", "decay"]);
const twinName = family("twin", twinKernels);
const twinColours = [kernelColours[0], kernelColours[4], kernelColours[1], kernelColours[6]];

/** Chosen on the stage, not by a control of the panel. */
const elsewhere = new Set(["part"]);

/** @param {Desk<Words>} desk @returns {Composition} */
function compose(desk) {
  const { words, schema, player, draw, home } = desk;
  const { t } = words;
  const learning = createTwins(desk, {
    learns: ({ part }) => part === "twins",
    async prepare() {
      if (learning.values().part !== "twins") await learning.set({ part: "twins" });
    },
  });
  const { set } = learning;
  const live = createLive({ player, edit: ({ values = {} }) => set(values), draw });
  const four = twinColours.map((colour, i) => ({ name: t(twinName[twinKernels[i]]), colour }));
  const trial = twins(desk, learning, {
    title: t("twins.title"),
    hint: t("twins.hint"),
    twins: () => four,
  });
  const asked = exam(desk, four);
  const needle = strawboard(desk, live, four);
  const kept = new Set(twinKeys(schema));
  function saveNumbers() {
    const rows = table(player.state);
    if (rows) void home.csv([rows], `chailou-focus-${player.state.experiment?.values.part}.csv`);
  }
  return {
    stage: stage(desk, live, set, [trial, asked, needle]),
    kind: "of-focus",
    below: [
      board(desk, set),
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
      say: ({ status }) => t("time.said", { n: count(status?.keys ?? 0) }),
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
      "bench",
      "rows",
      "sorted",
      "limits",
      "scores",
      "reach",
      "shapes",
      "query",
      "linear",
      "dims",
      "fall",
      "tokens",
      "span",
      "blind",
      "keep",
      "drift",
      "found",
      "sizes",
      "phase",
      "dots",
      "heads",
      "twin_needle",
      "twin_margin",
    ],
    rest: ["laws", "map", ...twinFrames, "twin_lengths", "twin_heads"],
    once: [],
  },
  numbers: { columns },
  compose,
};
