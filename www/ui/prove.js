// The sheet of proof: reference values computed again in this very browser, each with its source, and whether they agree.
import { crossButton, fill, h, write } from "./dom.js";
import { number } from "./format.js";
import { family } from "./i18n.js";
import proof from "./proof.json" with { type: "json" };
import { strings } from "./strings-prove.js";
import { toClipboard } from "./takehome.js";
/** @import { Proof, Proved } from "../engine/proving.js" */
/** @import { Words } from "./i18n.js" */

const kindName = family("speed.kind", ["none", "software", "hardware"]);
const workName = family("speed", ["w1b1", "w1b16", "w2f", "w2kv", "w3", "w4"]);
const groups = /** @type {const} */ (["weights", "number", "run", "bits"]);
const groupName = family("prove", ["weights", "number", "run", "bits"]);
const engineName = family("prove.engine", ["cpu", "maths", "webgpu"]);
const known = /** @type {Proof} */ (/** @type {unknown} */ (proof));

/**
 * @param {() => Words} speech @param {() => unknown} onclose
 * @param {typeof import("./measure.js")} measuring the other sheet on this browser: both would not be worth a file of what they share
 */
export function createProof(speech, onclose, { asText, startMeasuring, strings: speed }) {
  /** @type {Worker | null} */
  let worker = null;
  /** @type {Proved[]} */
  let all = [];
  let gpu = "";
  const words = () => speech().with(speed).with(strings);
  const said = h("p", { role: "status", class: "prove-said" });
  const body = h("div", {});
  const dialog = h("dialog", {
    class: "dialog card prove",
    "aria-labelledby": "prove-title",
    onclose: () => (stop(), onclose()),
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);

  function stop() {
    worker?.terminate();
    worker = null;
  }

  /** What was proved, what came out, what it must be, by whom. @param {Proved} proved @returns {string[]} */
  function cells({ kind, of, engine, found = "", value = null, gap = null }) {
    const { t, pick } = words();
    const by = engine ? t(engineName[engine]) : "";
    if (kind === "weights") {
      const must = known.weights[of];
      return [
        `${of}.safetensors`,
        found ? found.slice(0, 16) : t("prove.insecure"),
        must.slice(0, 16),
        t("prove.weights.source"),
        by,
      ];
    }
    if (kind === "number") {
      const [place, id] = String(of).split(" ");
      const one = known.numbers[Number(place)].readouts.find((readout) => readout.id === id);
      if (!one) return [];
      return [pick(one.what), number(value, 15), number(one.value, 15), pick(one.source), by];
    }
    if (kind === "run") {
      const { what, source } = known.runs[Number(of)];
      const told =
        found === "exact"
          ? t("prove.exact")
          : found === "long"
            ? t("prove.long")
            : t("prove.near", { gap: number(gap, 2) });
      return [pick(what), told, t(engine === "webgpu" ? "prove.within" : "prove.exact"), pick(source), by];
    }
    return [
      t(workName[/** @type {"w3"} */ (of)]),
      engine === "webgpu" ? t("prove.near", { gap: number(gap, 2) }) : found,
      t(engine === "webgpu" ? "prove.within" : "prove.same"),
      t(engine === "webgpu" ? "prove.bits.gpu" : "prove.bits.source"),
      by,
    ];
  }
  const mark = (/** @type {boolean | null} */ holds) => (holds === null ? "○" : holds ? "✓" : "✗");

  function show() {
    const { t } = words();
    fill(
      body,
      ...groups.map((group) => {
        const own = all.filter(({ kind }) => kind === group);
        return (
          own.length > 0 &&
          h(
            "section",
            {},
            h("h3", {}, t(groupName[group])),
            h(
              "table",
              {},
              h(
                "thead",
                {},
                h(
                  "tr",
                  {},
                  h("td", {}),
                  [
                    t("prove.what"),
                    t("prove.here"),
                    t("prove.must"),
                    t("prove.source"),
                    t("prove.engine"),
                  ].map((name) => h("th", { scope: "col" }, name)),
                ),
              ),
              h(
                "tbody",
                {},
                own.map((proved) => {
                  const [what, ...rest] = cells(proved);
                  const verdict = t(
                    proved.holds === null ? "claims.open" : proved.holds ? "claims.holds" : "claims.fails",
                  );
                  return h(
                    "tr",
                    { class: proved.holds === null ? "open" : proved.holds ? "holds" : "fails" },
                    h(
                      "td",
                      { class: "verdict" },
                      h("span", { role: "img", "aria-label": verdict }, mark(proved.holds)),
                    ),
                    h("th", { scope: "row" }, what),
                    rest.map((text) => h("td", {}, text)),
                  );
                }),
              ),
            ),
          )
        );
      }),
    );
  }

  const machine = () => `${navigator.hardwareConcurrency} × ${navigator.userAgent}${gpu && ` · ${gpu}`}`;
  function sum() {
    const good = all.filter(({ holds }) => holds).length;
    const tried = all.filter(({ holds }) => holds !== null).length;
    return { good, tried };
  }

  function run() {
    stop();
    all = [];
    gpu = "";
    const { t } = words();
    const mine = (worker = startMeasuring());
    const copy = h(
      "button",
      {
        type: "button",
        class: "button",
        hidden: true,
        onclick() {
          const head = [
            "",
            t("prove.what"),
            t("prove.here"),
            t("prove.must"),
            t("prove.source"),
            t("prove.engine"),
          ];
          const rows = all.map((proved) => [mark(proved.holds), ...cells(proved)]);
          toClipboard(asText(head, rows, [machine()])).then(
            () => write(said, t("speed.copied")),
            () => write(said, t("speed.copy.denied")),
          );
        },
      },
      t("speed.copy"),
    );
    fill(
      dialog,
      h(
        "header",
        {},
        h("h2", { id: "prove-title" }, t("prove.title")),
        crossButton(t("close"), () => void dialog.close()),
      ),
      h(
        "div",
        { class: "scroll", tabindex: 0, role: "region", "aria-labelledby": "prove-title" },
        h("p", {}, t("prove.about")),
        h("p", { class: "row" }, said),
        body,
        h("p", { class: "hint" }, machine()),
        copy,
      ),
    );
    const fail = (/** @type {string} */ why) => {
      if (mine !== worker) return;
      stop();
      write(said, t("prove.failed", { why }));
    };
    write(said, t("prove.now", { n: 0 }));
    show();
    mine.onerror = (event) => fail(event.message || "worker");
    mine.onmessage = ({ data }) => {
      if (mine !== worker) return;
      if (data.failure) return fail(data.failure);
      if (data.kind) gpu = t(kindName[/** @type {"none"} */ (data.kind)], { adapter: "…" });
      if (data.adapter && !gpu.includes(t("speed.kind.software")))
        gpu = t("speed.kind.hardware", { adapter: data.adapter });
      if (data.proved) all.push(data.proved);
      write(said, t("prove.now", { n: all.length }));
      show();
      if (!data.done) return;
      const { good, tried } = sum();
      stop();
      said.className = good === tried ? "prove-said holds" : "prove-said fails";
      write(said, good === tried ? t("prove.all", { good }) : t("prove.some", { good, tried }));
      write(/** @type {Element} */ (dialog.querySelector(".scroll > .hint")), machine());
      copy.hidden = false;
    };
    mine.postMessage({ proof: known });
  }

  return {
    open() {
      if (dialog.open) return;
      dialog.showModal();
      run();
    },
  };
}
