// A page before a class: large, quiet, over the whole screen, with a pointer that everybody sees and keys that step the story.
import { h, icon } from "./dom.js";
import { strings } from "./strings-present.js";
/** @import { Words } from "./i18n.js" */
/** @import { Player } from "./player.js" */

const paths = {
  pointer: "M5 3l6 16 2.500-6.500L20 10z",
  full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  leave: "M6 6l12 12M18 6L6 18",
};
/** Into how many steps the keys of a clicker cut a story that has no lesson. */
const stops = 10;
const typed = "input:not([type=range], [type=radio], [type=checkbox]), textarea, select, [contenteditable]";

/**
 * @param {object} needs
 * @param {Player} needs.player
 * @param {() => Words} needs.words
 * @param {() => void} needs.onleave
 * @param {(way: 1 | -1) => boolean} needs.turn to the next or the last step of a lesson; whether there is one
 */
export function createPresenting({ player, words, onleave, turn }) {
  const root = document.documentElement;
  /** @type {AbortController | null} */
  let shown = null;
  /** @type {AbortController | null} */
  let pointing = null;
  const laser = h("div", { class: "laser", "aria-hidden": "true" });
  /** Where the mouse was last: the pointer begins there. */
  let [x, y] = [innerWidth / 2, innerHeight / 2];
  const place = () => void (laser.style.transform = `translate(${x}px, ${y}px)`);

  /** @param {boolean} on */
  function point(on) {
    pointing?.abort();
    pointing = null;
    laser.remove();
    delete root.dataset.pointing;
    strip?.querySelector("[data-tool=pointer]")?.setAttribute("aria-pressed", String(on));
    if (!on) return;
    pointing = new AbortController();
    root.dataset.pointing = "";
    place();
    document.body.append(laser);
    for (const type of /** @type {const} */ (["pointermove", "pointerdown"]))
      window.addEventListener(
        type,
        (event) => {
          [x, y] = [event.clientX, event.clientY];
          place();
        },
        { signal: pointing.signal, capture: true },
      );
  }

  const isFull = () => document.fullscreenElement !== null;
  /** A frame may forbid it: then the page stays as large as it is. */
  const fill = () => (isFull() ? document.exitFullscreen() : root.requestFullscreen?.())?.catch(() => {});

  /** @type {HTMLElement | null} */
  let strip = null;
  function makeStrip() {
    const { t } = words().with(strings);
    /** @param {keyof typeof paths} tool @param {string} label @param {string} key @param {() => void} onclick @param {boolean} [pressed] */
    const button = (tool, label, key, onclick, pressed) =>
      h(
        "button",
        {
          type: "button",
          class: "button",
          "data-tool": tool,
          "aria-label": label,
          title: `${label} (${key})`,
          "aria-pressed": pressed === undefined ? null : String(pressed),
          onclick,
        },
        icon(paths[tool]),
        h("span", { "aria-hidden": "true" }, label),
        h("kbd", { "aria-hidden": "true" }, key),
      );
    const made = h(
      "nav",
      { class: "presenting", "aria-label": t("present.title") },
      button("pointer", t("present.pointer"), "P", () => point(!pointing), Boolean(pointing)),
      document.fullscreenEnabled && button("full", t("present.full"), "F", () => void fill()),
      button("leave", t("present.leave"), "Esc", onleave),
    );
    strip?.remove();
    strip = made;
    document.body.append(made);
  }

  function leave() {
    shown?.abort();
    shown = null;
    point(false);
    strip?.remove();
    strip = null;
    delete root.dataset.present;
    if (isFull()) void document.exitFullscreen().catch(() => {});
  }

  function enter() {
    if (shown) return;
    shown = new AbortController();
    const { signal } = shown;
    root.dataset.present = "";
    makeStrip();
    let wasFull = isFull();
    document.addEventListener(
      "fullscreenchange",
      () => {
        // Escape ends a full screen before any page hears of the key: what it was for, ends too.
        if (wasFull && !isFull()) onleave();
        wasFull = isFull();
      },
      { signal },
    );
    window.addEventListener(
      "pointermove",
      (event) => {
        [x, y] = [event.clientX, event.clientY];
      },
      { signal, passive: true },
    );
  }

  /** @param {1 | -1} way */
  function step(way) {
    if (turn(way)) return;
    const { status } = player.state;
    if (!status?.length) return;
    const stride = status.length / stops;
    const next =
      (way > 0 ? Math.floor(status.at / stride + 1e-6) : Math.ceil(status.at / stride - 1e-6)) + way;
    void player.seek(Math.round(Math.min(Math.max(next, 0), stops) * stride));
  }

  return {
    /** @param {boolean} on */
    set: (on) => (on ? enter() : shown && leave()),
    fill,
    speak: () => shown && makeStrip(),
    /** @param {KeyboardEvent} event @returns {boolean} whether it was meant for the presentation */
    keys(event) {
      const { key, target } = event;
      if (!shown || event.ctrlKey || event.metaKey || event.altKey) return false;
      if (/** @type {Element} */ (target).closest?.(typed) || document.querySelector("dialog[open]"))
        return false;
      /** @type {Record<string, () => unknown>} */
      const acts = {
        PageDown: () => step(1),
        PageUp: () => step(-1),
        p: () => point(!pointing),
        f: fill,
        Escape: onleave,
      };
      const act = acts[key.length === 1 ? key.toLowerCase() : key];
      if (!act) return false;
      event.preventDefault();
      act();
      return true;
    },
  };
}

/** @typedef {ReturnType<typeof createPresenting>} Presenting */
