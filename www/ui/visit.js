// Takes a reader from a phrase to what it shows, and offers the way back to the text.
import { h, reducedMotion } from "./dom.js";

/** @param {import("./i18n.js").Words} words */
export function createVisit({ t }) {
  const back = h("button", { type: "button", class: "back-to-text", hidden: true }, t("notes.back"));
  return {
    element: back,
    /** @param {Element} goal @param {HTMLElement} from */
    go(goal, from) {
      const behavior = reducedMotion() ? "instant" : "smooth";
      goal.scrollIntoView({ behavior, block: "start" });
      back.hidden = false;
      back.onclick = () => {
        back.hidden = true;
        from.scrollIntoView({ behavior, block: "center" });
        from.focus({ preventScroll: true });
      };
    },
    /** What a phrase has set changes the heights on the way, and that can end a smooth journey before its goal. @param {Element} goal */
    arrive(goal) {
      const { top } = goal.getBoundingClientRect();
      if (top < -40 || top > innerHeight / 2) goal.scrollIntoView({ behavior: "instant", block: "start" });
    },
  };
}
