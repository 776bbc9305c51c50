// The fields of one stop of a lesson that is being written: its texts, what is asked before the reveal, what is checked, which settings stay.
import { h } from "./dom.js";
import { number } from "./format.js";
import { family } from "./i18n.js";
import { inWords } from "./lesson-said.js";
/** @import { LabSchema, Readout } from "../types.js" */
/** @import { Words } from "./i18n.js" */
/** @import { Check, Prediction, Said, Step } from "./lesson-file.js" */

const kinds = /** @type {const} */ (["none", "number", "choice", "place"]);
const kindName = family("desk.kind", ["none", "number", "choice", "place"]);
const relations = /** @type {const} */ (["below", "above", "equals"]);
const relationName = family("desk.is", ["below", "above", "equals"]);
const ruleName = family("desk.rule", ["away", "show", "lock"]);

/** @typedef {Words<import("./i18n.js").PageKey | keyof typeof import("./strings-desk.js").strings>} Speech */

/**
 * @param {object} needs
 * @param {Speech} needs.words @param {Step} needs.step is changed in place
 * @param {LabSchema} needs.schema of the lab on the stage @param {Readout[]} needs.readouts that are there to be judged by
 * @param {() => void} needs.onchange @param {() => void} needs.redraw other fields are needed
 */
export function stopFields({ words, step, schema, readouts, onchange, redraw }) {
  const { t, pick } = words;

  /** A text in either language. @param {string} name @param {Said | undefined} text @param {(text: Said) => void} set @param {number} rows */
  const texts = (name, text, set, rows) =>
    h(
      "fieldset",
      {},
      h("legend", {}, name),
      /** @type {const} */ (["en", "zh"]).map((language) => {
        const label = `${name} · ${language === "en" ? "English" : "中文"}`;
        const field = h("textarea", {
          rows,
          class: "field wide",
          lang: language,
          maxlength: 2000,
          "aria-label": label,
          placeholder: language === "en" ? "English" : "中文",
        });
        field.value = text?.[language] ?? "";
        field.addEventListener("input", () => {
          text = { ...text, [language]: field.value };
          set(text);
          onchange();
        });
        return field;
      }),
    );

  /** @param {string} name @param {readonly string[]} values @param {(value: string) => string} nameOf @param {string} chosen @param {(value: string) => void} set */
  const select = (name, values, nameOf, chosen, set) => {
    const field = h(
      "select",
      { "aria-label": name, onchange: () => (set(field.value), onchange()) },
      values.map((value) => h("option", { value, selected: value === chosen }, nameOf(value))),
    );
    return h("label", { class: "named" }, h("span", {}, name), field);
  };
  /** @param {string} name @param {number | undefined} value @param {(value: number | undefined) => void} set */
  const figure = (name, value, set) => {
    const field = h("input", { type: "number", step: "any", class: "field", "aria-label": name });
    field.value = value === undefined ? "" : String(value);
    field.addEventListener("input", () => {
      set(field.value === "" ? undefined : Number(field.value));
      onchange();
    });
    return h("label", { class: "named" }, h("span", {}, name), field);
  };
  const known = ["", ...readouts.map(({ id }) => id)];
  /** @param {string} id */
  function readoutName(id) {
    const found = readouts.find((readout) => readout.id === id);
    return found ? `${pick(found.title)} (${number(found.value)})` : id || t("desk.readout.none");
  }
  /** @param {string} name @param {string | undefined} chosen @param {(id: string | undefined) => void} set */
  const readout = (name, chosen, set) =>
    select(
      name,
      chosen && !known.includes(chosen) ? [...known, chosen] : known,
      readoutName,
      chosen ?? "",
      (id) => {
        set(id || undefined);
        redraw();
      },
    );
  /** @param {{is?: Check["is"], value?: number, tolerance?: number}} judged */
  const judge = (judged) => [
    select(
      t("desk.is"),
      relations,
      (is) => t(relationName[/** @type {"below"} */ (is)]),
      judged.is ?? "below",
      (is) => {
        judged.is = /** @type {Check["is"]} */ (is);
        redraw();
      },
    ),
    figure(t("desk.value"), judged.value, (value) => void (judged.value = value)),
    judged.is === "equals" &&
      figure(t("desk.tolerance"), judged.tolerance, (value) => void (judged.tolerance = value)),
  ];

  function prediction() {
    const { predict } = step;
    const kind = predict?.kind ?? "none";
    const chooser = select(
      t("desk.predict"),
      kinds,
      (one) => t(kindName[/** @type {"none"} */ (one)]),
      kind,
      (one) => {
        const { ask = {}, after } = predict ?? {};
        step.predict =
          one === "none"
            ? undefined
            : /** @type {Prediction} */ ({
                ask,
                kind: one,
                ...(after && { after }),
                ...(one === "number" && { min: 0, max: 1 }),
                ...(one === "choice" && { options: [{ text: {} }, { text: {} }], right: 0 }),
                ...(one === "place" && { place: [0.5, 0.5], within: 0.1 }),
              });
        redraw();
      },
    );
    if (!predict) return [chooser];
    return [
      chooser,
      texts(t("desk.ask"), predict.ask, (text) => void (predict.ask = text), 2),
      ...{ number: numberFields, choice: choiceFields, place: placeFields }[predict.kind](predict),
      h("label", { class: "named tall" }, h("span", {}, t("desk.reveal")), linkField(predict)),
      texts(t("desk.after"), predict.after, (text) => void (predict.after = text), 2),
    ];
  }

  /** @param {Prediction} predict */
  function linkField(predict) {
    const field = h("input", { type: "text", class: "link", spellcheck: "false", placeholder: "at=end" });
    field.value = predict.reveal ?? "";
    field.addEventListener("input", () => {
      // Whatever was pasted: what counts stands behind the #.
      predict.reveal = field.value.split("#").at(-1)?.trim() || undefined;
      onchange();
    });
    return field;
  }

  /** @param {Prediction} predict */
  const numberFields = (predict) => [
    readout(t("desk.readout"), predict.readout, (id) => void (predict.readout = id)),
    figure(t("desk.min"), predict.min, (value) => void (predict.min = value)),
    figure(t("desk.max"), predict.max, (value) => void (predict.max = value)),
    figure(t("desk.near"), predict.near, (value) => void (predict.near = value)),
  ];

  /** @param {Prediction} predict */
  function choiceFields(predict) {
    const options = predict.options ?? [];
    return [
      readout(t("desk.readout"), predict.readout, (id) => {
        predict.readout = id;
        predict.right = id ? undefined : 0;
        for (const option of options) option.is ??= "below";
      }),
      ...options.flatMap((option, i) => [
        texts(t("desk.option", { n: i + 1 }), option.text, (text) => void (option.text = text), 1),
        ...(predict.readout ? judge(option) : []),
      ]),
      h(
        "div",
        { class: "row" },
        h(
          "button",
          {
            type: "button",
            class: "quiet",
            disabled: options.length >= 8,
            onclick: () => (options.push({ text: {}, is: "below" }), onchange(), redraw()),
          },
          t("desk.option.more"),
        ),
        h(
          "button",
          {
            type: "button",
            class: "quiet",
            disabled: options.length <= 2,
            onclick: () => (options.pop(), onchange(), redraw()),
          },
          t("desk.option.fewer"),
        ),
      ),
      !predict.readout &&
        select(
          t("desk.right"),
          options.map((_, i) => String(i)),
          (i) => `${Number(i) + 1} ${inWords(words, options[Number(i)].text)}`,
          String(predict.right ?? 0),
          (i) => {
            predict.right = Number(i);
          },
        ),
    ];
  }

  /** @param {Prediction} predict */
  const placeFields = (predict) => [
    figure(
      t("desk.place.x"),
      predict.place?.[0],
      (x = 0.5) => void (predict.place = [x, predict.place?.[1] ?? 0.5]),
    ),
    figure(
      t("desk.place.y"),
      predict.place?.[1],
      (y = 0.5) => void (predict.place = [predict.place?.[0] ?? 0.5, y]),
    ),
    figure(t("desk.within"), predict.within, (value) => void (predict.within = value)),
  ];

  function check() {
    const { check } = step;
    return [
      readout(t("desk.check"), check?.readout, (id) => {
        step.check = id ? { is: "below", value: Number.NaN, ...check, readout: id } : undefined;
      }),
      ...(check
        ? [...judge(check), texts(t("desk.done"), check.done, (text) => void (check.done = text), 1)]
        : []),
    ];
  }

  /** Each setting of the lab: away, to be set, or to be seen only. */
  function rules() {
    const of = (/** @type {string} */ key) =>
      step.lock?.includes(key) ? "lock" : step.show?.includes(key) ? "show" : "away";
    return h(
      "details",
      {},
      h("summary", {}, t("desk.rules")),
      schema.parameters
        .filter(({ key }) => key.length <= 40)
        .map(({ key, title }) =>
          select(
            pick(title),
            /** @type {const} */ (["away", "show", "lock"]),
            (rule) => t(ruleName[/** @type {"away"} */ (rule)]),
            of(key),
            (rule) => {
              const without = (/** @type {string[] | undefined} */ list) =>
                (list ?? []).filter((one) => one !== key);
              step.show = [...without(step.show), ...(rule === "show" ? [key] : [])];
              step.lock = [...without(step.lock), ...(rule === "lock" ? [key] : [])];
            },
          ),
        ),
    );
  }

  return [
    texts(t("desk.text"), step.text, (text) => void (step.text = text), 3),
    texts(t("desk.do"), step.do, (text) => void (step.do = text), 1),
    h("div", { class: "part" }, prediction()),
    h("div", { class: "part" }, check()),
    rules(),
  ];
}
