// What is there before the first picture, and instead of it when something failed.
import { h, write } from "./dom.js";
import { bytes } from "./format.js";
/** @import { Busy, Progress } from "../types.js" */
/** @import { Words } from "./i18n.js" */

/** @param {Words} words */
export function loading({ t }) {
  const bars = { engine: row("loading.engine"), weights: row("loading.weights") };
  /** @param {"loading.engine" | "loading.weights" | "loading.training"} label */
  function row(label) {
    const meter = h("progress", { max: 1, "aria-label": t(label) });
    const text = h("span", {});
    return { meter, text, element: h("div", {}, h("span", {}, t(label)), meter, text) };
  }
  const site = row("loading.training");
  site.element.hidden = true;
  const element = h(
    "div",
    { class: "loading", role: "status" },
    h("p", {}, t("loading.title")),
    bars.engine.element,
    bars.weights.element,
    site.element,
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
  return { element, update, prepare };
}

/** Which sentence an error deserves. @param {Error} error @param {boolean} hasWasm */
export function explain(error, hasWasm) {
  if (!hasWasm || /CompileError|LinkError/.test(error.name)) return /** @type {const} */ ("problem.wasm");
  return error.name === "Unreachable"
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
