// The training panel: exact or learned, train, pause, single steps, rewind; the loss while it falls, and how long it will take.
import { h, write } from "../../ui/dom.js";
import { number } from "../../ui/format.js";
import { trainingTools } from "../../ui/training-tools.js";
import { source } from "../../ui/source.js";
import { strings as shared } from "../../ui/strings-training.js";
import { family } from "../../ui/i18n.js";
import { lettering } from "../../views/lettering.js";
import { losses } from "../../views/losses.js";
/** @import { State } from "../../ui/player.js" */
/** @import { Words } from "./strings.js" */
/** @import { Palette } from "../../views/palette.js" */

const kinds = /** @type {const} */ (["exact", "learned"]);
/** What each denoiser is called. */
export const denoiserName = family("train", kinds);

/** Seconds as one says them. @param {Words["t"]} t @param {number} seconds */
export const duration = (t, seconds) =>
  seconds < 90
    ? t("train.seconds", { n: Math.max(1, Math.round(seconds)) })
    : t("train.minutes", { n: Math.round(seconds / 60) });

/**
 * @param {object} needs
 * @param {Words} needs.words
 * @param {import("../../types.js").Home} needs.home
 * @param {import("../../ui/training.js").Training["trainer"]} needs.trainer
 * @param {(denoiser: "exact" | "learned") => void} needs.ondenoiser
 * @param {() => void} needs.onrewind
 * @param {() => void} needs.onslower
 * @param {(values: import("../../types.js").Experiment["values"]) => void} needs.onrepair other settings, under which it is trained again
 * @param {AbortSignal} needs.signal when the lab ends
 */
export function training({ words: own, home, trainer, ondenoiser, onrewind, onslower, onrepair, signal }) {
  const words = own.with(shared);
  const { t } = words;
  const radios = kinds.map((value) =>
    h("input", { type: "radio", name: "denoiser-now", value, onchange: () => ondenoiser(value) }),
  );
  const tools = trainingTools({
    words,
    home,
    losses: ["loss"],
    trainer,
    onstart: trainer.start,
    onrewind,
    onslower,
    onrepair,
  });
  const steps = h("output", { class: "steps" });
  const pace = h("p", { class: "pace" });
  const spoken = h("p", { class: "unseen", role: "status" });
  const place = h("div", { class: "plot loss", role: "img" });
  /** @type {ReturnType<typeof losses> | null} */
  let draw = null;

  const element = h(
    "section",
    { class: "training", "aria-labelledby": "training-title" },
    h("header", {}, h("h2", { id: "training-title" }, t("train.title")), steps),
    h(
      "div",
      { class: "segments which", role: "radiogroup", "aria-label": t("train.denoiser") },
      radios.map((radio, i) => h("label", {}, radio, h("span", {}, t(denoiserName[kinds[i]])))),
    ),
    h("div", { class: "buttons", role: "group", "aria-label": t("train.title") }, tools.buttons),
    pace,
    tools.tale,
    tools.trouble,
    place,
    tools.take,
    spoken,
  );

  source(element, { head: false, numbers: () => (place.classList.contains("empty") ? [] : ["loss"]) });

  /** @param {State} state @param {Palette} palette @param {Float32Array | null} loss */
  function update({ experiment, status }, { colours }, loss) {
    if (!experiment || !status) return;
    const { done, total } = status.tasks.train ?? { done: 0, total: 0 };
    const running = trainer.running();
    radios.forEach((radio) => (radio.checked = radio.value === experiment.values.denoiser));
    tools.update(done, experiment.values.rate, false, status.broke, t("broke.network"));
    write(steps, t("train.steps", { n: done }));
    const { rate } = trainer;
    const goal = Math.max(total, done < trainer.good() ? trainer.good() : 0);
    const parts = [
      rate() && running ? t("train.rate", { n: number(rate(), 2) }) : "",
      goal > done && rate()
        ? t(total > done ? "train.eta.link" : "train.eta.good", {
            n: goal,
            time: duration(t, (goal - done) / rate()),
          })
        : done && !running
          ? ""
          : running
            ? ""
            : t("train.hint"),
    ];
    write(pace, parts.filter(Boolean).join(" · "));
    if (!running) write(spoken, t("train.steps", { n: done }));
    const last = loss?.length ? loss[loss.length - 1] : null;
    place.setAttribute(
      "aria-label",
      last === null ? t("train.loss.none") : t("train.loss", { n: done, loss: number(last, 3) }),
    );
    place.classList.toggle("empty", !loss?.length);
    if (loss?.length) draw?.({ loss, colours, font: lettering(place) });
  }
  return {
    element,
    update,
    /** @param {any} uPlot */
    equip(uPlot) {
      draw = losses(place, uPlot);
      signal.addEventListener("abort", draw.destroy);
    },
  };
}
