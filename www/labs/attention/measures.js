// Nine measures of every head as small multiples; one of them large, with its numbers.
import { h, write } from "../../ui/dom.js";
import { number, percent } from "../../ui/format.js";
import { family } from "../../ui/i18n.js";
import { source } from "../../ui/source.js";
/** @import { State } from "../../ui/player.js" */
/** @import { Focus, Look } from "./stages.js" */

const [concentration, rank, sink, induction] = [
  "https://kexue.fm/archives/9889",
  "https://kexue.fm/archives/10847",
  "https://arxiv.org/abs/2309.17453",
  "https://arxiv.org/abs/2209.11895",
];

const ids = /** @type {const} */ ([
  "entropy",
  "effective",
  "concentration",
  "stable",
  "erank",
  "participation",
  "distance",
  "first",
  "prefix",
]);
const [nameOf, helpOf] = [family("measure", ids), family("measure.help", ids)];

/** In the order of the frame, with where they come from. Those with `full` have a natural end of their scale; the others end at the largest there is. */
export const kinds = /** @type {const} */ ([
  { id: "entropy", href: concentration },
  { id: "effective", href: concentration },
  { id: "concentration", full: 1, href: concentration },
  { id: "stable", href: rank },
  { id: "erank", href: rank },
  { id: "participation", href: rank },
  { id: "distance", href: null },
  { id: "first", full: 1, share: true, href: sink },
  { id: "prefix", full: 1, share: true, href: induction },
]);

/** One measure of one run, by layer and head; null where there is none or it has not been measured yet. @param {{data: Float32Array, shape: number[]}} frame @param {0 | 1} run @param {number} kind @returns {(number | null)[][]} */
export function table({ data, shape: [, layers, heads, count] }, run, kind) {
  return Array.from({ length: layers }, (_, l) =>
    Array.from({ length: heads }, (_, h) => {
      const value = data[((run * layers + l) * heads + h) * count + kind];
      return value >= 0 ? value : null;
    }),
  );
}

/**
 * @param {object} needs
 * @param {import("./strings.js").Words} needs.words
 * @param {import("../../ui/popover.js").Help} needs.help
 * @param {(look: Look | null) => void} needs.onhover
 * @param {(look: Look) => void} needs.choose
 */
export function measures({ words: { t }, help, onhover, choose }) {
  let chosen = 0;
  /** @type {[State, Focus] | null} */
  let shown = null;
  const minis = kinds.map(({ id }, kind) => {
    const bars = h("span", { class: "mini-bars", "aria-hidden": "true" });
    const button = h(
      "button",
      {
        type: "button",
        class: "measure",
        "aria-pressed": "false",
        onclick: () => ((chosen = kind), shown && draw(...shown)),
      },
      h("span", {}, t(nameOf[id])),
      bars,
    );
    return { button, bars };
  });
  const title = h("h3", {});
  const about = h("button", { type: "button", class: "mini", onclick: explain }, "?");
  function explain() {
    const { id, href } = kinds[chosen];
    help.show(about, {
      title: t(nameOf[id]),
      text: t(helpOf[id]),
      link: href ? { title: t("measure.link"), href } : null,
    });
  }
  const large = h("div", { class: "measure-large" });
  const element = h(
    "section",
    { class: "measures", "aria-labelledby": "measures-title" },
    h(
      "header",
      {},
      h("h2", { id: "measures-title" }, t("measures.title")),
      h("span", { class: "said" }, t("measures.key")),
    ),
    h(
      "div",
      { class: "measure-minis", role: "group", "aria-label": t("measures.title") },
      minis.map(({ button }) => button),
    ),
    h("div", { class: "measure-title" }, title, about),
    large,
  );
  const { reads } = source(element, { drawn: false });
  /** @type {{layer: number, head: number, button: HTMLButtonElement, bar: HTMLElement, was: HTMLElement, value: HTMLElement, said: HTMLElement}[]} */
  let heads = [];
  let built = "";
  large.addEventListener("pointerleave", () => onhover(null));

  /** @param {number} layers @param {number} count */
  function build(layers, count) {
    if (built === `${layers},${count}`) return;
    built = `${layers},${count}`;
    heads = Array.from({ length: layers * count }, (_, i) => {
      const [layer, head] = [1 + Math.floor(i / count), 1 + (i % count)];
      const [bar, was, value, said] = [
        h("i", { class: "is" }),
        h("i", { class: "was" }),
        h("span", { class: "share", "aria-hidden": "true" }),
        h("span", { class: "unseen" }),
      ];
      const look = { layer, head };
      const button = h(
        "button",
        {
          type: "button",
          class: "measured",
          onpointerenter: () => onhover(look),
          onfocus: () => onhover(look),
          onblur: () => onhover(null),
          onclick: () => choose(look),
        },
        h("small", { "aria-hidden": "true" }, `${layer}.${head}`),
        h("span", { class: "bar" }, was, bar),
        value,
        said,
      );
      return { layer, head, button, bar, was, value, said };
    });
    large.style.setProperty("--heads", String(count));
    large.replaceChildren(...heads.map(({ button }) => button));
    for (const { bars } of minis) {
      bars.style.setProperty("--heads", String(count));
      bars.replaceChildren(...heads.map(() => h("i")));
    }
  }

  /** @param {State} state @param {Focus} focus */
  function draw({ frames, experiment }, focus) {
    const frame = reads(frames).measures;
    if (!frame) return;
    build(frame.shape[1], frame.shape[2]);
    const edited = (experiment?.surgery ?? []).length > 0;
    large.classList.toggle("edited", edited);
    minis.forEach(({ button, bars }, kind) => {
      button.setAttribute("aria-pressed", String(kind === chosen));
      const values = table(frame, 1, kind).flat();
      const full = scaleOf(kind, values);
      values.forEach((value, i) =>
        /** @type {HTMLElement} */ (bars.children[i]).style.setProperty(
          "--share",
          String((value ?? 0) / full),
        ),
      );
    });
    const { id, ...kind } = kinds[chosen];
    const say = (/** @type {number | null} */ value) =>
      value === null ? "–" : "share" in kind ? percent(value) : number(value, 3);
    write(title, t(nameOf[id]));
    about.setAttribute("aria-label", t("control.about", { title: t(nameOf[id]) }));
    const [before, now] = [table(frame, 0, chosen).flat(), table(frame, 1, chosen).flat()];
    const full = scaleOf(chosen, [...before, ...now]);
    heads.forEach(({ layer, head, button, bar, was, value, said }, i) => {
      bar.style.width = `${(100 * (now[i] ?? 0)) / full}%`;
      was.style.width = `${(100 * (before[i] ?? 0)) / full}%`;
      write(value, say(now[i]));
      button.setAttribute("aria-pressed", String(layer === focus.layer && head === focus.head));
      write(
        said,
        t(edited ? "measures.said.both" : "measures.said", {
          layer,
          head,
          measure: t(nameOf[id]),
          value: say(now[i]),
          was: say(before[i]),
        }),
      );
    });
  }

  return {
    element,
    /** @param {State} state @param {unknown} _ @param {Focus} focus */
    update(state, _, focus) {
      shown = [state, focus];
      draw(state, focus);
    },
  };
}

/** Where the scale of a measure ends. @param {number} kind @param {(number | null)[]} values */
const scaleOf = (kind, values) =>
  "full" in kinds[kind] ? 1 : Math.max(1e-9, ...values.map((value) => value ?? 0));
