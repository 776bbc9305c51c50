// The card of costs: three designs at the same work, in parameters and multiply-adds, with the formulas that they come from.
import { h, write } from "../../ui/dom.js";
import { family } from "../../ui/i18n.js";
/** @import { Part } from "../../ui/lab.js" */
/** @import { Words } from "./strings.js" */

const designs = /** @type {const} */ (["gpt", "unilm", "t5"]);
const names = family("cost.name", ["gpt", "unilm", "t5"]);
const reads = family("cost.reads", ["gpt", "unilm", "t5"]);
const parameters = { gpt: "12 L D²", unilm: "12 L D²", t5: "12 L D² + 16 L D²" };
const work = {
  gpt: "12 L D² N + 2 L D · N(N + 1)/2",
  unilm: "12 L D² N + 2 L D · (N(N + 1)/2 + p(p − 1)/2)",
  t5: "(12 N + 2 m + 2 p) L D² + 2 L D · (p² + m(m + 1)/2 + p m)",
};

/** @param {number} value */
function counted(value) {
  const at = [1e15, 1e12, 1e9, 1e6, 1e3].findIndex((unit) => value >= unit);
  if (at < 0) return String(Math.round(value));
  const units = ["P", "T", "G", "M", "k"];
  return `${Number((value / [1e15, 1e12, 1e9, 1e6, 1e3][at]).toPrecision(4))} ${units[at]}`;
}

/** @param {Words} words @returns {Part} */
export function costs({ t }) {
  const rows = designs.map((design) => {
    const cell = () => ({
      value: h("output", {}),
      bar: h("span", { class: "bar", "aria-hidden": "true" }, h("i", {})),
    });
    const [size, cost] = [cell(), cell()];
    const show = (/** @type {ReturnType<typeof cell>} */ one, /** @type {string} */ formula) =>
      h("td", {}, h("span", { class: "math" }, formula), one.value, one.bar);
    const element = h(
      "tr",
      {},
      h("th", { scope: "row" }, h("strong", {}, t(names[design])), h("span", {}, t(reads[design]))),
      show(size, parameters[design]),
      show(cost, work[design]),
    );
    return { size, cost, element };
  });
  const task = h("p", { class: "said" });
  const element = h(
    "section",
    { class: "rank-costs", "aria-label": t("cost.title") },
    h("h3", {}, t("cost.title")),
    task,
    h(
      "div",
      { class: "wide-table", tabindex: "0", role: "group", "aria-label": t("cost.title") },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, t("cost.design")),
            h("th", { scope: "col" }, t("cost.parameters")),
            h("th", { scope: "col" }, t("cost.work")),
          ),
        ),
        h(
          "tbody",
          {},
          rows.map((row) => row.element),
        ),
      ),
    ),
  );
  return {
    element,
    update({ frames: { cost, map }, experiment, status }) {
      if (!cost || !map || !experiment) return;
      const { prefix, layers, heads, source } = experiment.values;
      const d = source === "model" ? status?.width : experiment.values.d;
      const n = map.shape[0];
      const p = Math.min(n, Number(prefix));
      write(task, t("cost.task", { p, m: n - p, n, layers, width: Number(heads) * Number(d) }));
      const at = (/** @type {number} */ i, /** @type {number} */ j) => cost.data[3 * i + j];
      const total = (/** @type {number} */ i) => at(i, 1) + at(i, 2);
      const largest = (/** @type {(i: number) => number} */ of) => Math.max(...designs.map((_, i) => of(i)));
      rows.forEach(({ size, cost: one }, i) => {
        const [parameters_, work_] = [at(i, 0), total(i)];
        write(size.value, `${counted(parameters_)} · ×${(parameters_ / at(0, 0)).toFixed(2)}`);
        write(one.value, `${counted(work_)} · ×${(work_ / total(0)).toFixed(2)}`);
        size.bar.style.setProperty("--share", String(parameters_ / largest((k) => at(k, 0))));
        one.bar.style.setProperty("--share", String(work_ / largest(total)));
      });
    },
  };
}
