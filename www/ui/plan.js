// The site plan: one sheet from which every lab is reached, each with its miniature, its question and its article.
import { away, h, icon, reducedMotion } from "./dom.js";
import { family } from "./i18n.js";
/** @import { Words } from "./i18n.js" */
/** @import { Palette } from "../views/palette.js" */
/** @import { Schema } from "../types.js" */

/**
 * A lab's miniature: `moment`, 0..1, is the place in a film that ends where it began.
 * @typedef {(canvas: HTMLCanvasElement, scene: {palette: Palette, moment: number}) => void} Miniature
 * @typedef {{id: string, card?: () => Promise<Miniature>}} Plot
 */

/** The lessons that ship, in the order in which they are best taken. */
const lessons = /** @type {const} */ (["diffusion", "attention", "training"]);
const lessonName = family("plan.lesson", ["diffusion", "attention", "training"]);
/** Four plots and the paths between them. */
const sign = "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z";
/** ms that the film of a miniature takes. */
const film = 9000;
/** The moment that stands still for whoever wants no motion. */
const still = 0.3;

/**
 * @param {Words} words @param {Schema} schema @param {readonly Plot[]} plots in the order of the plan
 * @param {string} current the lab that is open @param {() => Palette} palette
 */
export function sitePlan({ t, pick }, { labs }, plots, current, palette) {
  const opener = h(
    "button",
    { type: "button", class: "button plan-open", "aria-haspopup": "dialog", onclick: () => open() },
    icon(sign),
    h("span", {}, t("plan.open")),
  );
  const known = plots.flatMap((plot) => {
    const lab = labs.find(({ id }) => id === plot.id);
    return lab ? [{ ...plot, lab, canvas: h("canvas", { "aria-hidden": "true" }) }] : [];
  });
  const dialog = h(
    "dialog",
    { class: "dialog plan", "aria-label": t("plan.title"), onclose: () => cancelAnimationFrame(turn) },
    h(
      "header",
      {},
      h("h2", {}, t("plan.title")),
      h("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, t("close")),
    ),
    h(
      "nav",
      { class: "first-lessons", "aria-label": t("plan.lessons") },
      h("span", { class: "hint" }, t("plan.lessons")),
      lessons.map((name) =>
        h(
          "a",
          { class: "button", href: `#lesson=${name}`, onclick: () => dialog.close() },
          t(lessonName[name]),
        ),
      ),
    ),
    h(
      "ul",
      { class: "scroll plots" },
      known.map(({ lab, canvas }) =>
        h(
          "li",
          { class: "plot-of-lab" },
          h(
            "a",
            {
              class: "into",
              href: `#lab=${lab.id}`,
              "aria-current": lab.id === current ? "page" : null,
              onclick: () => dialog.close(),
            },
            canvas,
            h("strong", {}, pick(lab.title)),
            h("span", { class: "question" }, pick(lab.question)),
          ),
          h("p", { class: "article" }, away(lab.article)),
        ),
      ),
    ),
  );
  let turn = 0;
  /** @type {(Miniature | null)[]} */
  let miniatures = [];

  /** @param {number} time */
  function draw(time) {
    const moment = reducedMotion() ? still : (time % film) / film;
    known.forEach(({ canvas }, i) => miniatures[i]?.(canvas, { palette: palette(), moment }));
    if (dialog.open && !reducedMotion()) turn = requestAnimationFrame(draw);
  }

  async function open() {
    dialog.showModal();
    // A miniature that does not arrive leaves its plot empty; the way into the lab stays.
    miniatures = await Promise.all(known.map(({ card }) => card?.().catch(() => null) ?? null));
    draw(performance.now());
  }

  return h("nav", { class: "labs", "aria-label": t("labs.title") }, opener, dialog);
}
