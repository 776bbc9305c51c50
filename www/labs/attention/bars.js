// The next character as bars, original and edited side by side; temperature, top-k and top-p act on the same logits while they are dragged.
import { control } from "../../ui/control.js";
import { h, write } from "../../ui/dom.js";
import { percent } from "../../ui/format.js";
import { source } from "../../ui/source.js";
import { common } from "./effect.js";
import { glyph, spoken, textOf, tokensOf, vocabulary } from "./glyphs.js";
import { sampling, softmax } from "./sampling.js";
/** @import { Experiment, Parameter } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */

const keys = ["temperature", "top_k", "top_p"];
const shown = 10;

/** The characters to show, those that either run makes most of first. @param {{tempered: ArrayLike<number>}[]} runs @param {number} count */
export function leading(runs, count) {
  const best = Array.from(runs[0].tempered, (_, i) => Math.max(...runs.map(({ tempered }) => tempered[i])));
  return best
    .map((_, i) => i)
    .sort((a, b) => best[b] - best[a] || a - b)
    .slice(0, count);
}

/**
 * @param {object} needs
 * @param {import("./strings.js").Words} needs.words
 * @param {import("../../ui/popover.js").Help} needs.help
 * @param {Parameter[]} needs.parameters of the schema
 * @param {import("../../ui/training.js").Training["set"]} needs.set
 * @param {AbortSignal} needs.signal when the lab ends
 */
export function bars({ words, help, parameters, set, signal }) {
  const { t } = words;
  /** What is being tried with a hand on a slider, before it is the experiment's. @type {Experiment["values"]} */
  let tried = {};
  let held = false;
  /** @type {State | null} */
  let state = null;

  const dials = parameters
    .filter(({ key }) => keys.includes(key))
    .map((parameter) => ({
      key: parameter.key,
      ...control(
        parameter,
        words,
        help,
        (value) => ((tried = { ...tried, [parameter.key]: value }), held ? draw() : commit()),
        { name: `bars-${parameter.key}` },
      ),
    }));
  const sliders = h(
    "div",
    { class: "dials" },
    dials.map(({ element }) => element),
  );
  const release = () => void (held && ((held = false), commit()));
  sliders.addEventListener("pointerdown", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== "range") return;
    held = true;
    addEventListener("pointerup", release, { once: true, signal });
    addEventListener("pointercancel", release, { once: true, signal });
  });
  const commit = () => {
    draw();
    if (Object.keys(tried).length) set(tried);
  };

  const rows = Array.from({ length: shown }, () => {
    const char = h("span", { class: "char", "aria-hidden": "true" });
    const [was, is] = [h("i", { class: "was" }), h("i", { class: "is" })];
    const share = h("span", { class: "share", "aria-hidden": "true" });
    const said = h("span", { class: "unseen" });
    const button = h(
      "button",
      { type: "button", class: "next", onclick: () => put(Number(button.dataset.token)) },
      char,
      h("span", { class: "bar" }, was, is),
      share,
      said,
    );
    return { element: h("li", {}, button), button, char, was, is, share, said };
  });
  const rest = h("p", { class: "said" });
  const key = h(
    "p",
    { class: "run-key", "aria-hidden": "true" },
    h("span", { class: "was" }, t("run.original")),
    h("span", { class: "is" }, t("run.edited")),
  );
  const element = h(
    "section",
    { class: "bars", "aria-labelledby": "bars-title" },
    h("header", {}, h("h2", { id: "bars-title" }, t("bars.title")), key),
    sliders,
    h(
      "ol",
      { class: "nexts", "aria-label": t("bars.list") },
      rows.map((row) => row.element),
    ),
    rest,
  );

  const { reads } = source(element, { drawn: false });

  /** The text so far and this character are the prompt. @param {number} token */
  function put(token) {
    if (!state) return;
    set({}, { prompt: [...textOf(state.frames), vocabulary(state.frames)[token]].join(""), part: 0 });
  }

  function draw() {
    const { frames, wanted, experiment } = /** @type {State} */ (state ?? { frames: {} });
    const { next } = reads(frames);
    const values = { ...(wanted ?? experiment)?.values, ...tried };
    dials.forEach((dial) => dial.update(values[dial.key], values));
    if (!next) return;
    const letters = vocabulary(frames);
    const settings = {
      temperature: Number(values.temperature ?? 1),
      topK: Number(values.top_k ?? 0),
      topP: Number(values.top_p ?? 1),
    };
    const runs = [0, 1].map((run) =>
      sampling(next.data.subarray(run * letters.length, (run + 1) * letters.length), settings),
    );
    const edited = ((wanted ?? experiment)?.surgery ?? []).length > 0;
    element.classList.toggle("edited", edited);
    // Without any heat all but one are alike: then the order is that of the scores.
    const warm = [0, 1].map((run) => ({
      tempered: softmax(
        next.data.subarray(run * letters.length, (run + 1) * letters.length),
        settings.temperature || 1,
      ),
    }));
    const order = leading(warm, shown);
    // The longest bar is as long as its row; what was excluded keeps the length it would have had.
    const full = Math.max(
      ...runs.flatMap(({ tempered, probabilities }) =>
        order.map((i) => Math.max(tempered[i], probabilities[i])),
      ),
    );
    rows.forEach((row, r) => drawRow(row, order[r], letters, runs, full, edited));
    const open = runs[1].kept.filter(Boolean).length;
    const parted = edited && common(tokensOf(frames, 0), tokensOf(frames, 1)) < tokensOf(frames, 0).length;
    write(rest, `${t("bars.open", { n: open, of: letters.length })}${parted ? ` ${t("bars.parted")}` : ""}`);
  }

  /** @param {typeof rows[number]} row @param {number | undefined} token @param {string[]} letters @param {ReturnType<typeof sampling>[]} runs @param {number} full @param {boolean} edited */
  function drawRow(row, token, letters, [original, now], full, edited) {
    row.element.hidden = token === undefined;
    if (token === undefined) return;
    row.button.dataset.token = String(token);
    write(row.char, glyph(letters[token]));
    for (const [bar, run] of /** @type {const} */ ([
      [row.was, original],
      [row.is, now],
    ])) {
      bar.style.width = `${(100 * (run.kept[token] ? run.probabilities[token] : run.tempered[token])) / full}%`;
      bar.classList.toggle("out", !run.kept[token]);
    }
    const say = (/** @type {typeof now} */ run) =>
      run.kept[token] ? percent(run.probabilities[token]) : t("bars.out");
    write(row.share, now.kept[token] ? percent(now.probabilities[token]) : "–");
    const char = spoken(t, letters[token]);
    const label = edited
      ? t("bars.put.both", { char, share: say(now), was: say(original) })
      : t("bars.put", { char, share: say(now) });
    write(row.said, label);
    row.button.title = label;
  }

  return {
    element,
    /** @param {State} now */
    update(now) {
      state = now;
      // What was tried has become the experiment, or something newer has.
      if (!held) tried = {};
      draw();
    },
  };
}
