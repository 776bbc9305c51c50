// What every network that is trained in the tab is worked with: train and pause, a few steps, start anew; and the way out when training ran away.
import { h, icon, write } from "./dom.js";
import { number } from "./format.js";
import { family } from "./i18n.js";
import { strings } from "./strings-training.js";
/** @import { Words } from "./i18n.js" */

const kinds = /** @type {const} */ (["replay", "missing", "recalled"]);
const tales = family("train.tale", kinds);
const replies = family("train.reply", kinds);
const paths = { play: "M8 5v14l11-7z", pause: "M8 5v14M16 5v14" };

/**
 * @param {object} needs
 * @param {Words} needs.words
 * @param {import("../types.js").Home} needs.home
 * @param {string[]} needs.losses frames of what it has learnt so far
 * @param {import("./training.js").Training["trainer"]} needs.trainer
 * @param {() => unknown} needs.onstart
 * @param {() => unknown} needs.onrewind
 * @param {() => unknown} needs.onslower
 * @param {(values: import("../types.js").Experiment["values"]) => unknown} [needs.onrepair] other settings, under which it is trained again; a smaller rate, where the lab has no word on it
 * @param {string} [needs.begin] what the button is called before anything was trained
 */
export function trainingTools({
  words,
  home,
  losses,
  trainer,
  onstart,
  onrewind,
  onslower,
  onrepair = onslower,
  begin,
}) {
  const { t } = words.with(strings);
  const go = h("button", {
    type: "button",
    class: "tool play train",
    onclick: () => (trainer.running() ? trainer.stop() : onstart()),
  });
  const few = [1, 10, 100].map((n) =>
    h(
      "button",
      {
        type: "button",
        class: "tool",
        "aria-label": t("train.more", { n }),
        title: t("train.more", { n }),
        onclick: () => trainer.few(n),
      },
      `+${n}`,
    ),
  );
  const rewind = h("button", { type: "button", class: "quiet", onclick: onrewind }, t("train.rewind"));
  const slower = h("button", { type: "button", class: "button", onclick: onslower });
  const quiet = (/** @type {string} */ name, /** @type {() => unknown} */ onclick, title = name) =>
    h("button", { type: "button", class: "quiet", title, onclick }, name);
  const take = h(
    "div",
    { class: "row take", hidden: true },
    quiet("CSV", () => home.csv(losses, "chailou-losses.csv"), t("csv.long")),
    quiet(t("train.home"), () => home.open("network")),
  );
  const trouble = h("div", { class: "trouble", role: "alert", hidden: true });
  const sentence = h("p");
  const answer = h("button", { type: "button", class: "button" });
  const tale = h("div", { class: "tale", role: "status", hidden: true }, sentence, answer);
  const answers = {
    replay: trainer.stop,
    missing: () => trainer.few((trainer.story()?.total ?? 0) - trainer.done()),
    // What is thrown away must not come back with the next reload.
    recalled: async () => (await trainer.forget(), onrewind()),
  };
  /** Where the network comes from, and what may be done about it. */
  function account() {
    const story = trainer.story();
    tale.hidden = !story || (story.kind === "missing" && trainer.running());
    if (!story) return;
    write(
      sentence,
      t(tales[story.kind], { n: story.done, total: story.total, left: story.total - story.done }),
    );
    write(answer, t(replies[story.kind]));
    answer.onclick = answers[story.kind];
  }

  /** What was told last. */
  let told = "";
  /** @param {string | number} rate @param {import("../types.js").Broke | undefined} broke @param {string} who */
  function tell(rate, broke, who) {
    const problem = trainer.problem();
    trouble.hidden = !problem;
    if (!problem) {
      told = "";
      return trouble.replaceChildren();
    }
    const now = JSON.stringify([problem.message, broke, who]);
    if (now === told) return;
    told = now;
    if (broke) return lesson(broke, who);
    slower.textContent = t("train.slower", { rate: number(Number(rate) / 4, 2) });
    trouble.replaceChildren(h("p", {}, t("train.diverged", { why: problem.message })), slower);
  }

  /** Where the first number broke, why, and what would mend it. @param {import("../types.js").Broke} broke @param {string} who */
  function lesson({ step, place, backward, value, cause, repairs }, who) {
    const { pick } = words;
    const where = place
      ? t(backward ? "broke.backward" : "broke.forward", {
          who,
          step: step ?? 0,
          place: pick(place),
          value: (value ?? "").replace("inf", "∞").replace("-", "−"),
        })
      : t("broke.somewhere", { who });
    trouble.replaceChildren(
      h("h3", {}, t("broke.title")),
      h("p", {}, where),
      h("p", {}, pick(cause)),
      h("p", { class: "said" }, t("broke.back", { n: trainer.done() })),
      h(
        "div",
        { class: "row" },
        repairs.map(({ values, name }) =>
          h("button", { type: "button", class: "button", onclick: () => onrepair(values) }, pick(name)),
        ),
      ),
    );
  }

  return {
    buttons: [go, ...few, rewind],
    /** What it has learnt, to be taken along. */
    take,
    tale,
    trouble,
    /** @param {number} done steps made @param {string | number} rate @param {boolean} [ended] there is no more to learn
     * @param {import("../types.js").Broke} [broke] what broke when training failed last @param {string} [who] the network that did */
    update(done, rate, ended = false, broke = undefined, who = "") {
      const running = trainer.running();
      const idle = ended ? t("train.ended") : done ? t("train.on") : (begin ?? t("train.start"));
      const name = running ? t("train.pause") : idle;
      if (go.getAttribute("aria-label") !== name) {
        go.setAttribute("aria-label", name);
        go.replaceChildren(
          icon(running ? paths.pause : paths.play),
          h("span", {}, running ? t("time.pause") : name),
        );
      }
      go.disabled = ended && !running;
      few.forEach((button) => (button.disabled = running || ended));
      rewind.disabled = take.hidden = !done;
      tell(rate, broke, who);
      account();
    },
  };
}
