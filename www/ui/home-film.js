// The leaf of pictures: a film of the run with its caption and code in every picture, a strip of moments, a poster for print.
import { startEncoder } from "../engine/filming.js";
import { pickFrames } from "../views/film.js";
import { print } from "../views/print.js";
import { dpi, row, sheet } from "../views/sheet.js";
import { saveFile } from "./csv.js";
import { fill, h, write } from "./dom.js";
import { number } from "./format.js";
import { imprintOf } from "./imprint.js";
import { copied, lineOf } from "./poster.js";
import { expectation } from "./readouts.js";
import { chartsOf, svgOf } from "./svg.js";
import { toPng } from "./takehome.js";
/** @import { Format } from "../engine/filming.js" */
/** @import { Desk } from "./home.js" */

/** Pictures of a film at most, and a second. */
const [most, fps] = [96, 12];
/** Frames that the last picture stays. */
const rest = 2 * fps;
const widths = [480, 720, 1080];
const formats = /** @type {const} */ (["gif", "webm", "mp4"]);
/** Moments of a strip. */
const moments = 6;

/** @param {Desk} desk */
export function create(desk) {
  const { words, player, schema, lab, link, palette } = desk;
  const { t, pick } = words;
  const size = h(
    "select",
    {},
    widths.map((width) =>
      h("option", { value: width, selected: width === 720 }, t("film.pixels", { width })),
    ),
  );
  const tools = formats.map((format) =>
    h(
      "button",
      { type: "button", class: "button", onclick: () => guarded(() => film(format)) },
      format.toUpperCase(),
    ),
  );
  const strip = h(
    "button",
    { type: "button", class: "button", onclick: () => guarded(saveStrip) },
    t("film.strip"),
  );
  const poster = h(
    "button",
    { type: "button", class: "button", onclick: () => guarded(savePoster) },
    t("film.poster"),
  );
  const cancel = h(
    "button",
    { type: "button", class: "button", hidden: true, onclick: stop },
    t("runs.cancel"),
  );
  const meter = h("progress", { max: 1, value: 0, hidden: true, "aria-label": t("home.film") });
  const said = h("p", { role: "status" });
  const shown = h("div", {});
  const about = h("p", {}, t("film.about"));
  const list = h("ul", { class: "taken" });
  const lines = h(
    "div",
    { hidden: true },
    h("h3", {}, t("film.charts")),
    h("p", {}, t("film.charts.about")),
    list,
  );
  const element = h(
    "div",
    {},
    about,
    h("div", { class: "fields" }, h("label", {}, t("film.size"), size)),
    h("p", { class: "buttons" }, tools, strip, poster, cancel),
    meter,
    said,
    shown,
    lines,
  );
  let cancelled = false;
  let object = "";

  function stop() {
    cancelled = true;
  }
  /** @param {() => Promise<void>} work */
  async function guarded(work) {
    cancelled = false;
    busy(true);
    try {
      await work();
    } catch (error) {
      write(said, t("home.failed", { why: /** @type {Error} */ (error).message }));
    } finally {
      busy(false);
    }
  }
  /** @param {boolean} now */
  function busy(now) {
    for (const button of [...tools, strip, poster]) button.disabled = now || button.dataset.lacks === "";
    meter.hidden = cancel.hidden = !now;
  }
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const font = () => getComputedStyle(document.body).fontFamily;
  const title = () => `${t("site.name")} · ${pick(schema.title)}`;
  /** The stage as it is now, once more where the page goes on drawing on its own. */
  const drawing = () => copied(/** @type {import("../types.js").Mounted} */ (lab()).stage);

  /** Goes through the states, back to the one that was shown, whatever happens. @param {number[]} states @param {(at: number, i: number) => Promise<void>} each */
  async function along(states, each) {
    await player.pause();
    const { at = 0 } = player.state.status ?? {};
    meter.max = states.length;
    try {
      for (const [i, state] of states.entries()) {
        if (cancelled) return false;
        if (states.length > 1) await player.seek(state);
        await drawn();
        await each(state, i);
        meter.value = i + 1;
        write(said, t("film.under", { done: i + 1, total: states.length }));
      }
      return true;
    } finally {
      if (player.state.status?.at !== at) await player.seek(at);
    }
  }
  const lengthOf = () => player.state.status?.length ?? 0;

  /** @param {Blob} blob @param {string} name */
  function save(blob, name) {
    saveFile(blob, name);
    URL.revokeObjectURL(object);
    // A policy that lets pictures of the page's own in need not let films in.
    const still = blob.type.startsWith("image");
    object = still ? URL.createObjectURL(blob) : "";
    fill(shown, still && h("img", { src: object, alt: name, class: "shown" }));
    write(said, t("film.done", { name, kb: Math.round(blob.size / 1024) }));
  }

  /** @param {Format} format */
  async function film(format) {
    const made = await imprintOf(words, await link());
    // A film holds nothing but pictures.
    const back = { ...made, caption: t(made.code ? "film.caption" : "film.caption.long") };
    const encoder = startEncoder();
    const width = Number(size.value);
    let height = 0;
    try {
      const states = pickFrames(lengthOf(), most);
      const whole = await along(states, async (_, i) => {
        const canvas = print({
          drawing: drawing(),
          title: title(),
          line: lineOf(player.state, words),
          imprint: back,
          colours: palette().colours,
          font: font(),
        });
        if (!i) {
          // Encoders want whole pairs of pixels; all pictures of a film have the size of the first.
          height = 2 * Math.round((canvas.height * width) / canvas.width / 2);
          await encoder.begin({ format, width, height, fps });
        }
        const picture = await createImageBitmap(canvas, {
          resizeWidth: width,
          resizeHeight: height,
          resizeQuality: "high",
        });
        await encoder.add(picture, i + 1 === states.length ? rest : 1);
      });
      if (whole) save(await encoder.finish(), `chailou-${schema.id}.${format}`);
      else write(said, t("film.stopped"));
    } finally {
      encoder.end();
    }
  }

  async function gather() {
    /** @type {HTMLCanvasElement[]} */
    const found = [];
    const whole = await along(pickFrames(lengthOf(), moments), async () => {
      const one = drawing();
      if (one) found.push(one);
    });
    return whole ? found : null;
  }

  async function saveStrip() {
    const back = await imprintOf(words, await link());
    const found = await gather();
    if (!found) return write(said, t("film.stopped"));
    const canvas = print({
      drawing: row(found, 600),
      title: title(),
      line: lineOf(player.state, words),
      imprint: back,
      colours: palette().colours,
      font: font(),
    });
    save(await toPng(canvas, back.link, title()), `chailou-${schema.id}-strip.png`);
  }

  async function savePoster() {
    const back = await imprintOf(words, await link());
    const large = drawing();
    const found = lengthOf() ? await gather() : [];
    if (!found) return write(said, t("film.stopped"));
    const claims = player.state.readouts
      .filter(({ value }) => value !== null)
      .map((one) => `${pick(one.title)}: ${number(one.value)} ${one.unit} (${expectation(one)})`);
    const canvas = sheet({
      drawing: large,
      moments: found,
      title: title(),
      line: lineOf(player.state, words),
      claims,
      imprint: back,
      colours: palette().colours,
      font: font(),
    });
    save(await toPng(canvas, back.link, title(), dpi), `chailou-${schema.id}-a4.png`);
  }

  /** @param {Element} element of the chart */
  async function saveChart(element) {
    const { saved, refused } = await svgOf(desk, await link(), (chart) => chart.element === element);
    if (!saved.length) throw new Error(refused[0]?.why ?? t("home.gone"));
    const [{ file, text }] = saved;
    save(new Blob([text], { type: "image/svg+xml" }), file);
  }

  /** What this browser can make is found out once. */
  async function show() {
    const charts = chartsOf(lab());
    lines.hidden = !charts.length;
    fill(
      list,
      ...charts.map(({ element, source }) =>
        h(
          "li",
          {},
          h("span", {}, h("b", {}, source.name())),
          h(
            "button",
            {
              type: "button",
              class: "quiet",
              "aria-label": `${source.name()}: SVG`,
              onclick: () => guarded(() => saveChart(element)),
            },
            "SVG",
          ),
        ),
      ),
    );
    if (!lengthOf()) write(about, t("film.still"));
    const encoder = startEncoder();
    try {
      const can = await encoder.formats({ width: 720, height: 720, fps });
      tools.forEach((button, i) => {
        const lacks = !can.includes(formats[i]);
        button.toggleAttribute("data-lacks", lacks);
        button.disabled = lacks;
        button.title = lacks ? t("film.lacks") : "";
      });
    } finally {
      encoder.end();
    }
  }
  return { element, show, stop };
}
