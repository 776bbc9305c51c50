// The form that adds an intervention: what to do, and the fields that this needs, filled in from what is looked at.
import { h } from "../../ui/dom.js";
import { family } from "../../ui/i18n.js";
/** @import { Intervention } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Focus } from "./stages.js" */

/** The fields of each kind. A layer or head that may be all of them says so. */
const kinds = /** @type {const} */ ({
  head: ["layer", "head"],
  layer: ["layer", "part"],
  token: ["token"],
  window: ["layers", "heads", "width"],
  cut: ["layers", "heads", "q", "k"],
  set: ["layer", "head", "q", "k", "value"],
  freeze: ["layer", "head"],
  patch: ["layer", "head", "prompt"],
});
/** @typedef {keyof typeof kinds} Op */
const opName = family("surgery.op", ["head", "layer", "token", "window", "cut", "set", "freeze", "patch"]);
const parts = /** @type {const} */ (["attention", "mlp", "both"]);
const partName = family("surgery.part", parts);
const fieldName = family("surgery.field", [
  "layer",
  "head",
  "part",
  "token",
  "width",
  "q",
  "k",
  "value",
  "prompt",
]);

/** What the fields say as an intervention. @param {Op} op @param {Record<string, string>} fields @returns {Intervention} */
export function compose(op, fields) {
  const n = (/** @type {string} */ key) => Number(fields[key]);
  const place = { layer: n("layer"), head: n("head") };
  const everywhere = { layer: n("layers"), head: n("heads") };
  switch (op) {
    case "layer":
      return { op, layer: n("layer"), part: /** @type {"both"} */ (fields.part) };
    case "token":
      return { op, token: n("token") };
    case "window":
      return { op, ...everywhere, width: n("width") };
    case "cut":
      return { op, ...everywhere, cells: [[n("q"), n("k")]] };
    case "set":
      return { op, ...place, cell: [n("q"), n("k")], value: n("value") };
    case "patch":
      return { op, ...place, prompt: fields.prompt };
    default:
      return { op, ...place };
  }
}

/**
 * @param {object} needs
 * @param {import("./strings.js").Words["t"]} needs.t
 * @param {(item: Intervention) => void} needs.onadd
 */
export function surgeon({ t, onadd }) {
  /** @param {string} key @param {Record<string, any>} attributes */
  const amount = (key, attributes) =>
    h("input", { type: "number", class: "field", name: key, step: 1, min: 1, required: true, ...attributes });
  const inputs = {
    layer: h("select", { name: "layer" }),
    head: h("select", { name: "head" }),
    layers: h("select", { name: "layers" }),
    heads: h("select", { name: "heads" }),
    part: h(
      "select",
      { name: "part" },
      parts.map((part) => h("option", { value: part }, t(partName[part]))),
    ),
    token: amount("token", {}),
    width: amount("width", { value: 8 }),
    q: amount("q", {}),
    k: amount("k", {}),
    value: amount("value", { min: 0, max: 1, step: "any", value: 1 }),
    prompt: h("textarea", {
      class: "field wide",
      name: "prompt",
      rows: 2,
      required: true,
      maxlength: 256,
      spellcheck: "false",
    }),
  };
  const labels = new Map(
    Object.entries(inputs).map(([key, input]) => [
      key,
      h(
        "label",
        { class: `of-${key}` },
        h("span", {}, t(fieldName[/** @type {"layer"} */ (key.replace(/s$/, ""))])),
        input,
      ),
    ]),
  );
  const what = h(
    "select",
    { name: "op", "aria-label": t("surgery.what"), onchange: show },
    Object.entries(opName).map(([op, key]) => h("option", { value: op }, t(key))),
  );
  const go = h("button", { type: "submit", class: "button" }, t("surgery.add"));
  const element = h(
    "form",
    {
      class: "surgeon",
      onsubmit(/** @type {Event} */ event) {
        event.preventDefault();
        const fields = Object.fromEntries(Object.entries(inputs).map(([key, input]) => [key, input.value]));
        onadd(compose(/** @type {Op} */ (what.value), fields));
      },
    },
    h("div", { class: "fields" }, what, [...labels.values()], go),
  );

  function show() {
    const wanted = /** @type {readonly string[]} */ (kinds[/** @type {Op} */ (what.value)]);
    for (const [key, label] of labels) {
      label.hidden = !wanted.includes(key);
      // A hidden field must not hold the form back.
      inputs[/** @type {keyof typeof inputs} */ (key)].disabled = label.hidden;
    }
  }
  show();

  let built = "";
  let looked = "";
  /** @param {State} state @param {Focus} focus @param {boolean} full */
  function update({ frames }, focus, full) {
    const [layers, heads, T] = frames.maps?.shape ?? [];
    if (!T) return;
    if (built !== `${layers},${heads}`) {
      built = `${layers},${heads}`;
      const options = (/** @type {number} */ n, /** @type {boolean} */ all) => [
        ...(all ? [h("option", { value: 0 }, t("surgery.all"))] : []),
        ...Array.from({ length: n }, (_, i) => h("option", { value: i + 1 }, String(i + 1))),
      ];
      inputs.layer.replaceChildren(...options(layers, false));
      inputs.head.replaceChildren(...options(heads, false));
      inputs.layers.replaceChildren(...options(layers, true));
      inputs.heads.replaceChildren(...options(heads, true));
      looked = "";
    }
    for (const key of /** @type {const} */ (["token", "q", "k"])) inputs[key].max = String(T);
    go.disabled = full;
    const [q, k] = focus.cell ?? [focus.token, focus.token];
    const mark = [focus.layer, focus.head, q, k].join();
    // What is looked at fills the form, unless a hand is in it.
    if (mark === looked || element.contains(document.activeElement)) return;
    looked = mark;
    inputs.layer.value = String(Math.min(focus.layer, layers));
    inputs.head.value = String(Math.min(focus.head, heads));
    inputs.token.value = String(focus.cell ? k : q);
    [inputs.q.value, inputs.k.value] = [String(q), String(k)];
  }
  return { element, update };
}
