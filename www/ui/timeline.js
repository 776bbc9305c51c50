// Play, step and scrub: the elevation with an invisible native slider on top, and the keys.
import { elevation } from "../views/elevation.js";
import { h, icon, write } from "./dom.js";
/** @import { Player, State } from "./player.js" */
/** @import { Words } from "./i18n.js" */

const paths = {
  play: "M8 5v14l11-7z",
  pause: "M8 5v14M16 5v14",
  back: "M17 6l-7 6 7 6M7 6v12",
  step: "M7 6l7 6-7 6M17 6v12",
  start: "M19 6l-6 6 6 6M11 6l-6 6 6 6M4 5v14",
  end: "M5 6l6 6-6 6M13 6l6 6-6 6M20 5v14",
};
const speeds = [0.25, 0.5, 1, 2, 4, 8];

/**
 * What a lab says of its timeline.
 * @typedef {object} Line
 * @property {(state: State, step: number) => number} [share] how high the elevation stands at a step, 0..1; as far as the step is along, unless said
 * @property {(state: State) => {name: string, part: number}[]} [halves] its parts by name, each as wide as it is long
 * @property {() => number} [inset] what is free left and right
 * @property {(state: State) => number[]} [forks] steps where other tracks leave
 * @property {Node[]} [tools]
 * @property {string} [hint] said before the first step
 * @property {(state: State) => string} [say] the moment in one sentence
 */

/** Not seen where there is no time. @param {Player} player @param {Words} words @param {Line} [lab] */
export function timeline(player, { t }, lab = {}) {
  const share = lab.share ?? (({ status }, step) => step / (status?.length || 1));
  /** @param {keyof typeof paths} name @param {string} label @param {() => void} onclick */
  const button = (name, label, onclick) =>
    h(
      "button",
      { type: "button", class: "tool", "aria-label": label, title: label, onclick },
      icon(paths[name]),
    );
  const toggle = () => void (player.state.playing ? player.pause() : player.play());
  const play = h("button", { type: "button", class: "tool play", onclick: toggle });
  const speed = h(
    "select",
    {
      "aria-label": t("time.speed"),
      title: t("time.speed"),
      onchange: () => player.setSpeed(Number(speed.value)),
    },
    speeds.map((x) => h("option", { value: x, selected: x === player.state.speed }, `${x}×`)),
  );
  const long = h("span", { class: "long" });
  const short = h("span", { class: "short" });
  const where = h("output", { class: "where" }, long, short);
  const busy = h("span", { class: "busy", role: "status" });
  const scrub = h("input", { type: "range", min: 0, step: 1, class: "scrub", "aria-label": t("time.scrub") });
  scrub.addEventListener("input", () => player.seek(Number(scrub.value)));
  const canvas = h("canvas", { class: "elevation", "aria-hidden": "true" });
  const draw = elevation(canvas);
  const halves = h("div", { class: "halves", "aria-hidden": "true" });
  const spoken = h("p", { class: "unseen", "aria-live": "polite" });
  const last = () => player.state.status?.length ?? 0;

  const element = h(
    "section",
    { class: "timeline", "aria-label": t("time.title") },
    h(
      "div",
      { class: "transport" },
      h(
        "div",
        { class: "buttons", role: "group", "aria-label": t("time.title"), title: t("time.keys") },
        button("start", t("time.start"), () => player.seek(0)),
        button("back", t("time.back"), () => player.step(-1)),
        play,
        button("step", t("time.step"), () => player.step(1)),
        button("end", t("time.end"), () => player.seek(last())),
      ),
      h("label", { class: "speed" }, speed),
      where,
      busy,
      lab.tools ?? [],
    ),
    halves,
    h("div", { class: "track" }, canvas, scrub),
    spoken,
  );

  /** @param {State} state @param {import("../views/palette.js").Palette} palette */
  function update(state, palette) {
    const { status, playing } = state;
    element.hidden = !status?.length;
    if (!status || element.hidden) return;
    const name = playing ? t("time.pause") : status.at === status.length ? t("time.again") : t("time.play");
    if (play.getAttribute("aria-label") !== name) {
      play.setAttribute("aria-label", name);
      play.title = name;
      play.replaceChildren(icon(playing ? paths.pause : paths.play), h("span", {}, name));
    }
    scrub.max = String(status.length);
    if (document.activeElement !== scrub || !state.busy) scrub.value = String(status.at);
    const moment = t("time.at", { at: status.at, length: status.length });
    const sentence = lab.say?.(state) ?? moment;
    scrub.setAttribute("aria-valuetext", sentence);
    write(long, moment);
    write(short, `${status.at} / ${status.length}`);
    write(
      busy,
      state.busy
        ? "waiting" in state.busy
          ? t("time.waiting")
          : t("time.busy", state.busy)
        : !playing && status.at === 0
          ? (lab.hint ?? t("press.play"))
          : "",
    );
    // While it plays a reader would be talked over at every frame.
    if (!playing && !state.busy) write(spoken, sentence);
    drawHalves(lab.halves?.(state) ?? []);
    const shares = Array.from({ length: status.length + 1 }, (_, k) => share(state, k));
    draw({
      shares,
      at: status.at,
      computed: status.computed,
      forks: lab.forks?.(state),
      inset: lab.inset?.() ?? 1,
      colours: palette.colours,
    });
  }

  let drawn = "";
  /** @param {{name: string, part: number}[]} parts */
  function drawHalves(parts) {
    const now = JSON.stringify(parts);
    if (now === drawn) return;
    drawn = now;
    halves.replaceChildren(
      ...parts.map(({ name, part }) => {
        const half = h("span", { class: part ? null : "between" }, name);
        half.style.flexGrow = String(part);
        return half;
      }),
    );
  }

  const keys = timelineKeys(player, toggle, scrub);
  return { element, update, keys: (/** @type {KeyboardEvent} */ event) => element.hidden || keys(event) };
}

/** The page-wide keys; whoever needs an arrow itself keeps it. @param {Player} player @param {() => void} toggle @param {Element} scrub */
function timelineKeys(player, toggle, scrub) {
  /** @param {KeyboardEvent} event */
  return function onkeydown(event) {
    const target = /** @type {Element} */ (event.target);
    if (
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      document.querySelector("dialog[open]")
    )
      return;
    const own =
      target !== scrub &&
      target.closest(
        "input, select, textarea, [role=radio], [role=grid], [data-keys], .help, summary, [contenteditable]",
      );
    if (own || (event.key === " " && target.closest("button, a"))) return;
    const length = player.state.status?.length ?? 0;
    const far = event.shiftKey ? 10 : 1;
    /** @type {Record<string, () => unknown>} */
    const acts = {
      " ": toggle,
      ArrowLeft: () => player.step(-far),
      ArrowRight: () => player.step(far),
      Home: () => player.seek(0),
      End: () => player.seek(length),
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  };
}
