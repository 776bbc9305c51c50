// "Measure this browser": the standard workloads in a worker of their own, and a table to take along.
import { startMeasuring } from "../engine/measuring.js";
import { spread } from "../engine/timed.js";
import { crossButton, fill, h, write } from "./dom.js";
import { number } from "./format.js";
import { family } from "./i18n.js";
import { strings } from "./strings-measure.js";
import { toClipboard } from "./takehome.js";
/** @import { Words } from "./i18n.js" */
/** @import { Drawn, Row } from "../engine/measure.js" */

const workName = family("speed", ["w1b1", "w1b16", "w2f", "w2kv", "w3", "w4"]);
const kindName = family("speed.kind", ["none", "software", "hardware"]);
const engineName = family("speed", ["cpu", "webgpu"]);

/** A Markdown table of what was measured: medians, least and most in ms a unit, the first call, the check. @param {string[]} head @param {string[][]} rows @param {string[]} about lines below it */
export const asText = (head, rows, about) =>
  [head, head.map((_, i) => (i ? "--:" : ":--")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .concat("", ...about)
    .join("\n");

export { startMeasuring, strings };

/** @param {Words} shared the page's words */
export function createMeasure(shared) {
  const words = shared.with(strings);
  const { t } = words;
  /** @type {Worker | null} */
  let worker = null;
  /** @type {Drawn[]} */
  let specs = [];
  /** @type {Row[]} */
  let rows = [];
  let gpu = "";

  const said = h("p", { role: "status" });
  const body = h("tbody", {});
  const start = h("button", { type: "button", class: "button", onclick: run }, t("speed.start"));
  const take = h("button", { type: "button", class: "button", hidden: true, onclick: copy }, t("speed.copy"));
  const field = h("textarea", { readonly: true, hidden: true, rows: 8, "aria-label": t("speed.copy") });
  const columns = ["speed.work", "speed.cpu", "speed.webgpu", "speed.check"];
  const table = h(
    "table",
    { hidden: true },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        columns.map((key) => h("th", { scope: "col" }, t(/** @type {any} */ (key)))),
      ),
    ),
    body,
  );
  const dialog = h(
    "dialog",
    { class: "dialog card measure", "aria-labelledby": "measure-title" },
    h(
      "header",
      {},
      h("h2", { id: "measure-title" }, t("speed.title")),
      crossButton(t("close"), () => void dialog.close()),
    ),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-labelledby": "measure-title" },
      h("p", {}, t("speed.about")),
      h("p", { class: "buttons" }, start, take),
      said,
      table,
      field,
    ),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", stop);

  function stop() {
    worker?.terminate();
    worker = null;
    start.disabled = false;
  }

  /** @param {Row | undefined} row */
  function time(row) {
    if (!row) return "–";
    if (!row.good && row.engine === "webgpu") return t("speed.void");
    const { least, median, most } = spread(row.times);
    return `${t("speed.time", { least: number(least, 3), median: number(median, 3), most: number(most, 3) })}; ${t("speed.first", { ms: number(row.first, 3) })}`;
  }
  /** @param {Drawn} spec */
  function cells(spec) {
    const of = (/** @type {string} */ engine) =>
      rows.find((row) => row.id === spec.id && row.engine === engine);
    const [cpu, webgpu] = [of("cpu"), of("webgpu")];
    const checks = [
      cpu && t(cpu.good ? "speed.bits" : "speed.bits.not"),
      webgpu &&
        (spec.id === "w2kv" && !webgpu.error
          ? t("speed.tokens")
          : t("speed.near", { gap: number(webgpu.error ?? Number.NaN, 2) })),
    ];
    return [
      t(workName[/** @type {"w3"} */ (spec.id)]),
      time(cpu),
      time(webgpu),
      checks.filter(Boolean).join("; ") || "–",
    ];
  }
  function show() {
    table.hidden = !specs.length;
    fill(
      body,
      ...specs.map((spec) => {
        const [work, ...rest] = cells(spec);
        return h(
          "tr",
          {},
          h("th", { scope: "row" }, work),
          rest.map((text) => h("td", {}, text)),
        );
      }),
    );
  }

  function run() {
    stop();
    [specs, rows, gpu] = [[], [], ""];
    start.disabled = true;
    take.hidden = field.hidden = true;
    show();
    write(said, t("speed.fetching"));
    const mine = (worker = startMeasuring());
    /** @param {string} why */
    const fail = (why) => {
      if (mine !== worker) return;
      stop();
      write(said, t("speed.failed", { why }));
    };
    mine.onerror = (event) => fail(event.message || "worker");
    mine.onmessage = ({ data }) => {
      if (mine !== worker) return;
      if (data.failure) return fail(data.failure);
      if (data.specs) specs = data.specs;
      if (data.row) rows.push(data.row);
      if (data.kind) gpu = t(kindName[/** @type {"none"} */ (data.kind)], { adapter: "…" });
      if (data.adapter && rows.length && !gpu.includes(t("speed.kind.software")))
        gpu = t("speed.kind.hardware", { adapter: data.adapter });
      if (data.now)
        write(
          said,
          t("speed.now", {
            engine: t(engineName[/** @type {"cpu"} */ (data.now.engine)]),
            work: t(workName[/** @type {"w3"} */ (data.now.id)]),
          }),
        );
      show();
      if (!data.done) return;
      stop();
      write(said, `${t("speed.done")} ${gpu}`);
      write(start, t("speed.again"));
      take.hidden = false;
    };
    mine.postMessage({});
  }

  async function copy() {
    const text = asText(
      columns.map((key) => t(/** @type {any} */ (key))),
      specs.map(cells),
      [gpu, `${navigator.hardwareConcurrency} × ${navigator.userAgent}`],
    );
    try {
      await toClipboard(text);
      write(said, t("speed.copied"));
    } catch {
      write(said, t("speed.copy.denied"));
      field.value = text;
      field.hidden = false;
      field.select();
    }
  }

  document.body.append(dialog);
  return {
    open() {
      if (!dialog.open) dialog.showModal();
    },
  };
}
