// The state's sentence and formula, whose symbols light up what they are in the picture, and what is left over of the equation.
import { fill, h, scripts, write } from "../../ui/dom.js";
import { number } from "../../ui/format.js";
import { family } from "../../ui/i18n.js";
import { katex } from "../../ui/vendor.js";
import { steps } from "./steps.js";
/** @import { State } from "../../ui/player.js" */
/** @import { Words } from "./strings.js" */

const names = /** @type {const} */ ([
  "equation",
  "shift",
  "circle",
  "road",
  "comb",
  "turn",
  "line",
  "euler",
  "constant",
]);
const titles = family("step", names);
const says = family("step.says", names);
const marks = { holds: "✓", fails: "✗", open: "○" };

/** Only what the formulas of this lab ask for. @param {{command: string}} context */
const trust = ({ command }) => command === "\\htmlClass";

/** @param {Words} words @param {(role: string) => void} onlight a role, or nothing */
export function banner({ t, pick }, onlight) {
  const title = h("h2", {});
  const sentence = h("p", { class: "says" });
  const formula = h("div", {
    class: "formula",
    tabindex: "0",
    role: "group",
    "aria-label": t("step.formula"),
  });
  const residual = h("output", { class: "residual" });
  const element = h("header", { class: "banner" }, h("div", {}, title, sentence), formula, residual);
  /** @type {any} */
  let tex = null;
  let drawn = "";
  let told = "";

  const role = (/** @type {Event} */ { target }) =>
    /lit-(\w+)/.exec(/** @type {Element} */ (target).closest(".sym")?.className ?? "")?.[1] ?? "";
  formula.addEventListener("pointerover", (event) => onlight(role(event)));
  formula.addEventListener("pointerleave", () => onlight(""));

  /** @param {string} text */
  function typeset(text) {
    const now = `${tex ? 1 : 0}${text}`;
    if (now === drawn) return;
    drawn = now;
    formula.innerHTML = tex
      ? tex.renderToString(text, { displayMode: true, throwOnError: false, strict: false, trust })
      : "";
  }
  return {
    element,
    /** The formulas come behind the first picture. @param {AbortSignal} signal @param {() => void} then */
    load: (signal, then) =>
      katex().then(
        (library) => {
          if (signal.aborted) return;
          tex = library;
          then();
        },
        () => {},
      ),
    /** @param {State} state */
    update({ status, readouts }) {
      if (!status) return;
      const step = steps[status.at];
      const name = names[status.at];
      if (name !== told) {
        told = name;
        fill(title, ...scripts(t(titles[name])));
        fill(sentence, ...scripts(t(says[name])));
      }
      typeset(step.tex);
      const claim = readouts.find(({ id }) => id === step.claim);
      residual.hidden = !claim;
      if (!claim) return;
      const { value, expected, relation, verdict } = claim;
      const gap =
        value === null || expected === null || relation !== "equals" ? value : Math.abs(value - expected);
      residual.className = `residual ${verdict}`;
      residual.title = pick(claim.title);
      write(residual, `${marks[verdict]} ${t("step.residual", { value: number(gap, 2) })}`);
    },
    /** @param {string} lit */
    light(lit) {
      formula.dataset.lit = lit;
    },
  };
}
