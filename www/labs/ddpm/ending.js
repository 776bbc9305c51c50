// When another building has risen: why it is not the one that fell, and three ways on.
import { h, write } from "../../ui/dom.js";
import { percent } from "../../ui/format.js";
import { amplitudes } from "../../ui/schedule.js";
import { most } from "./forks.js";
/** @import { State } from "../../ui/player.js" */
/** @import { Words } from "./strings.js" */

/** The kind that is offered, or the other if that has just risen: of buildings a lighthouse and a castle. */
const offers = ["8", "6"];

/**
 * @param {Words} words @param {import("./labels.js").Labels} labels
 * @param {object} on
 * @param {() => State} on.state
 * @param {() => number | null} on.label of the picture at the start
 * @param {(label: string) => unknown} on.onother builds from the same rubble to another order
 * @param {(seed: string) => unknown} on.onseed
 * @param {() => unknown} on.ondraw
 */
export function ending({ t, pick }, labels, { state, label, onother, onseed, ondraw }) {
  let [other] = offers;
  const button = (/** @type {() => unknown} */ onclick, text = "") =>
    h("button", { type: "button", class: "button", onclick }, text);
  const says = h("p", {});
  const order = button(() => onother(other));
  const element = h(
    "section",
    { class: "ending", "aria-label": t("ending.title"), hidden: true },
    h("h2", {}, t("ending.title")),
    says,
    order,
    button(() => onseed(String(1 + Number(state().experiment?.values.seed ?? 0))), t("ending.seed")),
    button(ondraw, t("ending.draw")),
  );

  return {
    element,
    /** @param {State} state */
    update({ status, experiment, frames, playing }) {
      const ended = status && experiment && status.at === status.length && !playing;
      element.hidden = !ended || experiment.values.journey !== "both" || !frames.schedule;
      if (element.hidden || !experiment) return;
      const { values, forks = [], pixels } = experiment;
      const { building } = amplitudes(frames, frames.schedule.shape[1] - 1);
      const free = values.label === "none" || (values.label === "same" && pixels !== null);
      write(says, t(free ? "ending.free" : "ending.kind", { share: percent(building) }));
      const risen = values.label === "same" ? label() : values.label;
      other = offers[Number(String(risen) === offers[0])];
      const name = labels.name(other, values);
      write(order, t("ending.other", { name: name ? pick(name) : other }));
      order.hidden = forks.length >= most;
    },
  };
}
