// Lab 6 · Two roads to Γ: the derivation as a timeline, the plane behind it, both roads, the rule and the impostor.
import { h, reducedMotion } from "../../ui/dom.js";
import { defaults, place } from "../../ui/phrases.js";
import { banner } from "./banner.js";
import { columns } from "./csv.js";
import { figure } from "./figure.js";
import { landscape } from "./landscape.js";
import { createLive } from "../../ui/live.js";
import { morphing } from "./morph.js";
import { numbers } from "./numbers.js";
import { picker } from "./picker.js";
import { steps } from "./steps.js";
import { strings } from "./strings.js";
/** @import { Composition, Desk } from "../../ui/lab.js" */
/** @import { Picture } from "./steps.js" */
/** @import { Words } from "./strings.js" */

/** Set on the landscape or beside it, not by a control of the panel. */
const elsewhere = new Set(["re", "im", "cx", "cy", "span", "picture", "morph"]);
/** Always there, below the timeline. @type {readonly Picture[]} */
const always = ["road", "rule", "strip", "convex"];

/** @param {Desk<Words>} desk @returns {Composition} */
function compose(desk) {
  const { words, schema, player, edit, note, redraw, draw, signal } = desk;
  const { t } = words;
  let lit = "";
  const onlight = (/** @type {string} */ role) => {
    if (role === lit) return;
    lit = role;
    head.light(lit);
    redraw();
  };
  const live = createLive({ player, edit, draw });
  const head = banner(words, onlight);
  const plane = landscape(desk, live);
  const choice = picker(words, (picture) => edit({ values: { picture } }));
  const way = morphing({
    words,
    redraw,
    signal,
    still: reducedMotion,
    onput: (morph) => edit({ values: { morph } }),
    onlost: (morph) => note({ morph }),
  });
  /** The picture that is chosen, or the step's own. */
  const shown = () => {
    const { status, wanted, experiment } = player.state;
    return choice.chosen((wanted ?? experiment)?.values.picture) ?? steps[status?.at ?? 0].picture;
  };
  const main = figure({ words, live, redraw, onlight, tools: [choice.element] });
  main.element.append(way.element);
  const few = always.map(() => figure({ words, live, redraw, onlight: () => {} }));
  const fields = numbers(words, schema, (values) => edit({ values }));

  const element = h(
    "section",
    { class: "stage roads", "aria-label": t("stage.title"), tabindex: "-1" },
    head.element,
    h("div", { class: "pictures" }, plane.element, main.element),
  );
  return {
    stage: {
      element,
      update(state, palette) {
        const { morph } = (state.wanted ?? state.experiment)?.values ?? {};
        const name = shown();
        head.update(state);
        plane.update(state, palette);
        const opened = { session: state.opened, step: state.experiment?.at ?? 0 };
        way.update(name, state.status?.at ?? 0, Number(morph), opened);
        main.update(name, state, palette, { lit, morph: way.morph() });
      },
      repaint() {
        plane.repaint();
        for (const one of [main, ...few]) one.forget();
      },
    },
    kind: "of-gamma",
    below: [
      {
        element: h(
          "section",
          { class: "few", "aria-label": t("few.title") },
          few.map((one) => one.element),
        ),
        update: (state, palette) =>
          few.forEach((one, i) => one.update(always[i], state, palette, { lit: "", morph: 0 })),
      },
    ],
    inner: [{ update: () => fields.update(live.values()) }],
    panel: {
      parameters: schema.parameters.filter(({ key }) => !elsewhere.has(key)),
      extras: { number: fields.element },
      also: schema.parameters.filter(({ key }) => elsewhere.has(key)),
    },
    time: {
      hint: t("time.hint"),
      say: ({ status }) =>
        `${t("time.at", { at: status?.at ?? 0, length: status?.length ?? 0 })}. ${head.element.querySelector("h2")?.textContent ?? ""}`,
    },
    phrases: {
      async apply({ values, at }) {
        const named = Object.keys(values).length > 0;
        if (!named && at === null) return;
        await edit({ values: named ? { ...defaults(schema, new Set()), ...values } : {}, ...place(at) });
      },
    },
    later: () => void head.load(signal, redraw),
    scale: () => plane.unit(),
  };
}

export const lab = {
  strings,
  style: new URL("./style.css", import.meta.url),
  notes: { en: new URL("./notes.en.html", import.meta.url), zh: new URL("./notes.zh.html", import.meta.url) },
  watched: {
    pull: [
      "value",
      "graph",
      "circle",
      "fall",
      "road",
      "comb",
      "line",
      "transform",
      "bump",
      "rule",
      "strip",
      "convex",
    ],
    rest: [],
    once: ["shift"],
  },
  numbers: { columns },
  compose,
};
