// The leaf of many runs: which setting over which values and seeds, how long it will take, what came out, and a link to each run.
import { startBeside } from "../engine/engine.js";
import { lettering } from "../views/lettering.js";
import { spread } from "../views/spread.js";
import { saveText } from "./csv.js";
import { fill, h, write } from "./dom.js";
import { number } from "./format.js";
import { family } from "./i18n.js";
import { Unfit, plan, seedOf, spreads, sweep, sweepable, valuesOf } from "./sweep.js";
import { csvOf } from "./tables.js";
import { uPlot } from "./vendor.js";
/** @import { Desk } from "./home.js" */
/** @import { Plan, Run } from "./sweep.js" */

const reasons = family("runs", ["syntax", "outside", "many", "none"]);
/** Engines at once, at most: each holds a network. */
const mostHands = 4;

/** @param {Desk} desk */
export function create(desk) {
  const { words, player, schema, palette, link, address } = desk;
  const { t, pick } = words;
  const settings = sweepable(schema);
  const seeded = seedOf(schema);
  const which = h(
    "select",
    { onchange: suggest },
    settings.map(({ key, title }) => h("option", { value: key }, `${pick(title)} (${key})`)),
  );
  const values = h("input", { type: "text", spellcheck: "false" });
  const seeds = h("input", { type: "text", spellcheck: "false", value: "1..5" });
  const readout = h("select", { onchange: draw });
  const field = (/** @type {string} */ name, /** @type {Element} */ input) => h("label", {}, name, input);
  const seedField = field(t("runs.seeds"), seeds);
  const go = h("button", { type: "button", class: "button primary", onclick: start }, t("runs.start"));
  const cancel = h(
    "button",
    { type: "button", class: "button", hidden: true, onclick: stop },
    t("runs.cancel"),
  );
  const csv = h("button", { type: "button", class: "quiet", hidden: true, onclick: save }, "CSV");
  const meter = h("progress", { max: 1, value: 0, hidden: true, "aria-label": t("runs.start") });
  const said = h("p", { role: "status" });
  const place = h("div", { class: "plot", role: "img", hidden: true });
  const body = h("tbody", {});
  const columns = /** @type {const} */ ([
    "runs.value",
    "runs.count",
    "runs.mean",
    "runs.deviation",
    "runs.links",
  ]);
  const table = h(
    "table",
    { hidden: true },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        columns.map((key) => h("th", { scope: "col" }, columnOf(key))),
      ),
    ),
    body,
  );
  const element = h(
    "div",
    {},
    h("p", {}, t("runs.about")),
    h(
      "div",
      { class: "fields" },
      field(t("runs.setting"), which),
      field(t("runs.values"), values),
      seeded ? seedField : null,
      field(t("runs.readout"), readout),
    ),
    h("p", { class: "buttons" }, go, cancel, csv),
    meter,
    said,
    place,
    table,
  );
  /** @param {typeof columns[number]} key */
  function columnOf(key) {
    return t(key);
  }
  /** @type {AbortController | null} */
  let under = null;
  /** @type {Run[]} */
  let runs = [];
  /** Links of the runs, made when they ended. @type {Map<Plan["experiment"], string>} */
  const links = new Map();
  /** @type {ReturnType<typeof spread> | null} */
  let chart = null;
  let swept = "";

  /** A third less and more than it is now, where that is allowed. */
  function suggest() {
    const parameter = settings.find(({ key }) => key === which.value);
    seedField.hidden = parameter?.key === "seed";
    if (!parameter) return;
    const now = Number(player.state.experiment?.values[parameter.key] ?? parameter.default);
    const { min = now, max = now, kind } = parameter;
    if (kind === "seed") return void (values.value = "1..20");
    const span = (max - min) / 10 || 1;
    const near = [now - span, now, now + span].map((one) => Math.min(max, Math.max(min, one)));
    values.value = [
      ...new Set(near.map((one) => (kind === "integer" ? Math.round(one) : Number(one.toPrecision(3))))),
    ].join(",");
  }

  function show() {
    const known = player.state.readouts;
    const before = readout.value;
    fill(
      readout,
      ...known.map(({ id, title }) => h("option", { value: id, selected: id === before }, pick(title))),
    );
    if (!values.value) suggest();
    go.disabled = !settings.length;
  }

  async function start() {
    const { experiment } = player.state;
    const parameter = settings.find(({ key }) => key === which.value);
    if (!experiment || !parameter) return;
    /** @type {Plan[]} */
    let plans;
    try {
      const drawn =
        seeded && parameter.key !== "seed"
          ? valuesOf(seeds.value, { ...seeded, min: 0, max: undefined })
          : null;
      plans = plan(experiment, parameter.key, valuesOf(values.value, parameter), drawn);
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      return write(said, t(reasons[error.why], error.holes));
    }
    under = new AbortController();
    const { signal } = under;
    [runs, swept] = [[], parameter.key];
    links.clear();
    /** @type {string[]} */
    const failures = [];
    const began = performance.now();
    meter.max = plans.length;
    waiting(true);
    const tell = () => {
      const done = runs.length + failures.length;
      meter.value = done;
      const left = done ? ((performance.now() - began) / done) * (plans.length - done) : 0;
      write(
        said,
        done
          ? t("runs.under", { done, total: plans.length, seconds: Math.ceil(left / 1000) })
          : t("runs.begun", { total: plans.length }),
      );
    };
    tell();
    try {
      await sweep({
        plans,
        schema,
        hands: Math.max(1, Math.min(mostHands, (navigator.hardwareConcurrency || 2) - 1)),
        start: () => startBeside(schema.engine === "maths" ? "maths" : "core"),
        signal,
        async ondone(run) {
          runs.push(run);
          tell();
          links.set(run.experiment, await address({ ...run.experiment, at: null }));
          await draw();
        },
        onfail(one, error) {
          failures.push(`${one.value}: ${error.message}`);
          tell();
        },
      });
      write(
        said,
        [
          t(signal.aborted ? "runs.stopped" : "runs.done", { n: runs.length }),
          failures.length ? t("runs.failed", { n: failures.length, why: failures[0] }) : "",
        ]
          .filter(Boolean)
          .join(" "),
      );
    } catch (error) {
      write(said, t("home.failed", { why: /** @type {Error} */ (error).message }));
    } finally {
      waiting(false);
      await draw();
    }
  }
  function stop() {
    under?.abort();
  }
  /** @param {boolean} busy */
  function waiting(busy) {
    go.disabled = busy;
    meter.hidden = cancel.hidden = !busy;
    csv.hidden = busy || !runs.length;
  }

  async function draw() {
    if (!runs.length) return;
    if (!readout.options.length)
      fill(readout, ...runs[0].readouts.map(({ id, title }) => h("option", { value: id }, pick(title))));
    const found = spreads(runs, readout.value);
    table.hidden = place.hidden = !found.length;
    fill(
      body,
      ...found.map(({ value, count, mean, deviation }) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, String(value)),
          [String(count), number(mean, 4), count > 1 ? number(deviation, 2) : "–"].map((text) =>
            h("td", {}, text),
          ),
          h(
            "td",
            {},
            runs
              .filter((run) => run.value === value && links.has(run.experiment))
              .flatMap((run, i) => [
                i ? " " : null,
                h(
                  "a",
                  { href: links.get(run.experiment), target: "_blank", rel: "noopener" },
                  String(run.seed ?? value),
                ),
              ]),
          ),
        ),
      ),
    );
    const library = await uPlot();
    if (!place.isConnected || !found.length) return;
    chart ??= spread(place, library);
    const name = pick(settings.find(({ key }) => key === swept)?.title ?? { en: swept, zh: swept });
    chart({ spreads: found, name, colours: palette().colours, font: lettering(place) });
    place.setAttribute(
      "aria-label",
      found.map(({ value, mean }) => `${value}: ${number(mean, 4)}`).join(", "),
    );
  }

  async function save() {
    const ids = [...new Set(runs.flatMap(({ readouts }) => readouts.map(({ id }) => id)))];
    const rows = runs.map(({ value, seed, readouts, experiment }) => [
      value,
      seed ?? "",
      ...ids.map((id) => readouts.find((one) => one.id === id)?.value ?? ""),
      links.get(experiment) ?? "",
    ]);
    const sums = spreads(runs, readout.value).map(({ value, count, mean, deviation, least, most }) => [
      value,
      count,
      mean,
      deviation,
      least,
      most,
    ]);
    saveText(
      csvOf(
        await link(),
        [[swept, "seed", ...ids, "link"], ...rows],
        [[swept, "runs", `mean ${readout.value}`, "standard deviation", "least", "most"], ...sums],
      ),
      `chailou-${schema.id}-over-${swept}.csv`,
    );
  }
  return { element, show };
}
