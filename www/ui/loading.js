// What is there before the first picture, and instead of it when something failed.
import { h, write } from "./dom.js";
import { bytes } from "./format.js";
/** @import { Busy, Progress } from "../types.js" */
/** @import { Words } from "./i18n.js" */

/** @param {Words} words @param {() => void} onretry */
export function loading({ t }, onretry) {
  const bars = { engine: row("loading.engine"), weights: row("loading.weights") };
  /** @param {"loading.engine" | "loading.weights" | "loading.training"} label */
  function row(label) {
    const meter = h("progress", { max: 1, "aria-label": t(label) });
    const text = h("span", {});
    return { meter, text, element: h("div", {}, h("span", {}, t(label)), meter, text) };
  }
  const site = row("loading.training");
  site.element.hidden = true;
  const slow = h(
    "p",
    { class: "slow", hidden: true },
    t("loading.slow"),
    " ",
    h("button", { type: "button", class: "quiet", onclick: onretry }, t("problem.retry")),
  );
  const element = h(
    "div",
    { class: "loading", role: "status" },
    h("p", {}, t("loading.title")),
    bars.engine.element,
    bars.weights.element,
    site.element,
    slow,
  );
  /** @param {Progress} progress */
  function update({ file, loaded, total }) {
    const { meter, text } = file.endsWith(".safetensors") ? bars.weights : bars.engine;
    if (total) meter.value = Math.min(1, loaded / total);
    write(text, total ? t("loading.of", { loaded: bytes(loaded), total: bytes(total) }) : bytes(loaded));
  }
  /** What a link promises is computed before the first picture. @param {Busy | null} busy */
  function prepare(busy) {
    const working = busy && "total" in busy;
    site.element.hidden = !working;
    if (!working) return;
    site.meter.value = busy.done / busy.total;
    write(site.text, t("loading.steps", busy));
  }
  /** Whether nothing has come for so long that perhaps nothing will. @param {boolean} is */
  const stall = (is) => void (slow.hidden = !is);
  return { element, update, prepare, stall };
}

/** A file of the page itself: a browser may remember that it failed, so that only the page loaded anew asks again. @param {string} file */
export const notLoaded = (file) => Object.assign(new Error(file), { name: "NotLoaded" });

/** Which sentence an error deserves. @param {Error} error @param {boolean} hasWasm */
export function explain({ name }, hasWasm) {
  if (!hasWasm || /CompileError|LinkError/.test(name)) return /** @type {const} */ ("problem.wasm");
  if (name === "NotStarted") return /** @type {const} */ ("problem.start");
  return /Unreachable|NotLoaded/.test(name)
    ? /** @type {const} */ ("problem.fetch")
    : /** @type {const} */ ("problem.other");
}

/** @param {Words} words @param {Error} error @param {string} link what was asked for @param {{onretry: () => void, ondefaults: () => void}} on */
export function problem({ t }, error, link, { onretry, ondefaults }) {
  const sentence = t(explain(error, typeof WebAssembly === "object"), {
    file: error.message,
    why: error.message,
  });
  return h(
    "div",
    { class: "problem", role: "alert" },
    h("h2", {}, t("problem.title")),
    h("p", {}, sentence),
    h(
      "p",
      { class: "row" },
      h("button", { type: "button", class: "button", onclick: onretry }, t("problem.retry")),
      h("button", { type: "button", class: "button", onclick: ondefaults }, t("problem.defaults")),
    ),
    h(
      "p",
      { class: "keep" },
      t("problem.keep"),
      " ",
      h("input", {
        type: "text",
        readonly: true,
        class: "link",
        value: link,
        "aria-label": t("problem.keep"),
      }),
    ),
  );
}
