// The drawing's title block: which sheet, which engine and why, at what cost, and whether it is live.
import { away, h, write } from "./dom.js";
import { number } from "./format.js";
import { modelCard } from "./card.js";
/** @import { LabSchema, Notice } from "../types.js" */
/** @import { State } from "./player.js" */
/** @import { Words } from "./i18n.js" */

/**
 * @param {Words} words @param {LabSchema} lab
 * @param {(device: string) => void} ondevice
 */
export function titleblock(words, lab, ondevice) {
  const { t, pick } = words;
  const cells = Object.fromEntries(
    ["engine", "time", "calls", "seed", "scale", "step"].map((name) => [name, h("dd", {})]),
  );
  const lamp = h(
    "span",
    { class: "live" },
    h("span", { class: "bulb", "aria-hidden": "true" }),
    t("block.live.short"),
  );
  const why = h("p", { class: "why" }, t("why.start"));
  const radios = ["auto", "cpu", "webgpu"].map((value) =>
    h("input", { type: "radio", name: "device", value, onclick: () => ondevice(value) }),
  );
  const choice = h(
    "div",
    { class: "segments", role: "radiogroup", "aria-label": t("block.switch") },
    radios.map((radio) =>
      h("label", {}, radio, h("span", {}, t(/** @type {"device.auto"} */ (`device.${radio.value}`)))),
    ),
  );
  const card = modelCard(words);
  /** @param {Parameters<typeof t>[0]} label @param {Node} value */
  const cell = (label, value) => h("div", {}, h("dt", {}, t(label)), value);
  const about = h(
    "button",
    { type: "button", class: "quiet", hidden: true, onclick: () => card.open(model) },
    t("block.card"),
  );
  let model = "";
  const element = h(
    "footer",
    { class: "titleblock" },
    h(
      "div",
      { class: "project" },
      h("p", { class: "sheet-title" }, pick(lab.title)),
      h("p", { class: "after" }, t("block.source"), " ", away(lab.article)),
      about,
    ),
    h(
      "dl",
      {},
      cell("block.engine", cells.engine),
      cell("block.time", cells.time),
      cell("block.calls", cells.calls),
      cell("block.seed", cells.seed),
      cell("block.scale", cells.scale),
      cell("block.step", cells.step),
    ),
    h("div", { class: "machine" }, h("div", { class: "switch" }, choice, lamp), why),
    card.element,
  );
  let pulls = 0;

  /** @param {State} state @param {number} scale CSS pixels a picture's pixel */
  function update({ status, experiment, pulls: now }, scale) {
    if (!status || !experiment) return;
    model = status.model ?? "";
    about.hidden = model === "";
    write(cells.engine, t(`device.${status.device}`));
    write(cells.time, status.step_ms === null ? "–" : t("block.ms", { ms: number(status.step_ms, 2) }));
    write(cells.calls, String(status.calls));
    write(cells.seed, String(experiment.values.seed));
    write(cells.scale, `${Math.round(scale)} : 1`);
    write(cells.step, `${status.at} / ${status.length}`);
    for (const radio of radios) radio.checked = radio.value === experiment.values.device;
    lamp.title = t("block.live", { pulls: now });
    if (now === pulls) return;
    pulls = now;
    lamp.classList.toggle("odd", now % 2 === 1);
  }
  return {
    element,
    update,
    /** @param {Notice} notice */
    explain: ({ key, detail }) => write(why, t(/** @type {"why.start"} */ (key), { detail: detail ?? "" })),
  };
}
