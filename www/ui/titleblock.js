// The drawing's title block: which sheet, which engine and why, at what cost, and whether it is live.
import { away, h, write } from "./dom.js";
import { number } from "./format.js";
import { modelCard } from "./card.js";
import { family } from "./i18n.js";
import { reasonOf } from "./tell.js";
/** @import { LabSchema, Notice } from "../types.js" */
/** @import { State } from "./player.js" */
/** @import { Words } from "./i18n.js" */

const devices = /** @type {const} */ (["auto", "cpu", "webgpu"]);
const deviceName = family("device", devices);
const engineName = family("engine", ["core", "maths", "cpu", "webgpu"]);

/**
 * @param {Words} words @param {LabSchema} lab
 * @param {import("../types.js").Home} home
 * @param {object} on
 * @param {(device: string) => void} on.ondevice @param {() => void} on.onprove
 * @param {() => Promise<unknown>} on.onpoke turns a weight of the model, or turns it back
 * @param {(model: string) => Promise<string | null>} on.seal what the model computes with
 */
export function titleblock(words, lab, home, { ondevice, onprove, onpoke, seal }) {
  const { t, pick } = words;
  const cells = Object.fromEntries(
    ["engine", "time", "calls", "seed", "scale", "step", "weights"].map((name) => [name, h("dd", {})]),
  );
  const lamp = h(
    "span",
    { class: "live" },
    h("span", { class: "bulb", "aria-hidden": "true" }),
    t("block.live.short"),
  );
  const why = h("p", { class: "why" }, t("why.start"));
  const radios = devices.map((value) =>
    h("input", { type: "radio", name: "device", value, onclick: () => ondevice(value) }),
  );
  const choice = h(
    "div",
    { class: "segments", role: "radiogroup", "aria-label": t("block.switch") },
    radios.map((radio, i) => h("label", {}, radio, h("span", {}, t(deviceName[devices[i]])))),
  );
  const card = modelCard(words);
  /** @param {Parameters<typeof t>[0]} label @param {Node} value */
  const cell = (label, value) => h("div", {}, h("dt", {}, t(label)), value);
  const about = h(
    "button",
    { type: "button", class: "quiet", hidden: true, onclick: () => card.open(model) },
    t("block.card"),
  );
  /** Comes when it is asked for. @type {Promise<{open: () => void}> | null} */
  let measure = null;
  const measuring = h(
    "button",
    {
      type: "button",
      class: "quiet",
      onclick: async () => {
        try {
          measure ??= import("./measure.js").then(({ createMeasure }) => createMeasure(words));
          (await measure).open();
        } catch {
          measure = null;
          write(why, t("block.measure.failed"));
        }
      },
    },
    t("block.measure"),
  );
  const take = h("button", { type: "button", class: "quiet", onclick: () => home.open() }, t("home.open"));
  const poke = h(
    "button",
    {
      type: "button",
      class: "quiet",
      hidden: true,
      title: t("block.poke.about"),
      onclick: () => void onpoke(),
    },
    t("block.poke"),
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
      cell("block.weights", cells.weights),
    ),
    h(
      "div",
      { class: "machine" },
      h("div", { class: "switch" }, choice, lamp),
      why,
      h(
        "div",
        { class: "row" },
        measuring,
        h("button", { type: "button", class: "quiet", onclick: onprove }, t("block.prove")),
        poke,
        take,
      ),
    ),
    card.element,
  );
  let pulls = 0;

  /** The session whose weights were looked at last. */
  let sealed = "";
  /** Weights are hashed when they are there, and again for every session: they may have been poked. @param {State} state */
  async function mark({ status, opened }) {
    const networks = status && (status.device === "cpu" || status.device === "webgpu");
    const one = networks && model && !(status.model ?? "").includes(" ") ? model : "";
    poke.hidden = !one;
    if (!one) enter(cells.weights, null);
    if (!one || sealed === `${opened} ${one}`) return;
    sealed = `${opened} ${one}`;
    const hash = await seal(one).catch(() => null);
    enter(cells.weights, hash?.slice(0, 8) ?? null);
    cells.weights.title = hash ? t("block.weights.about", { hash }) : "";
  }

  /** A cell that this lab has nothing to write into is not there. @param {Element} cell @param {string | null} text */
  function enter(cell, text) {
    cell.parentElement?.toggleAttribute("hidden", text === null);
    write(cell, text ?? "");
  }

  /** @param {State} state @param {number | null} scale CSS pixels a picture's pixel; null where there are none */
  function update(state, scale) {
    const { status, experiment, pulls: now } = state;
    if (!status || !experiment) return;
    // Of several the first has the card of all.
    model = (status.model ?? "").split(" ")[0];
    about.hidden = model === "";
    const { calls, step_ms: ms, cores } = status;
    const time = ms ? t("block.ms", { ms: number(ms, 2) }) : "–";
    const { seed } = experiment.values;
    enter(cells.engine, t(engineName[status.device]));
    enter(cells.time, cores > 1 ? t("block.cores", { time, cores }) : time);
    enter(cells.calls, calls === undefined ? null : String(calls));
    enter(cells.seed, seed === undefined ? null : String(seed));
    enter(cells.scale, scale === null ? null : `${Math.round(scale)} : 1`);
    enter(cells.step, status.length ? `${status.at} / ${status.length}` : null);
    for (const radio of radios) radio.checked = radio.value === experiment.values.device;
    void mark(state);
    lamp.title = t("block.live", { pulls: now });
    if (now === pulls) return;
    pulls = now;
    lamp.classList.toggle("odd", now % 2 === 1);
  }
  return {
    element,
    update,
    /** @param {Notice} notice */
    explain: (notice) => write(why, reasonOf(words, notice)),
  };
}
