// The instruments beside the large map: look, cut or set a cell; switch the whole head off, freeze it, give it another prompt's pattern.
import { h, write } from "../../ui/dom.js";
import { family } from "../../ui/i18n.js";
import { about } from "./about.js";
import { headState } from "./edits.js";
/** @import { Sight } from "./gaze.js" */
/** @import { Tool } from "./pointing.js" */

const meng = { title: "Meng et al. 2022", href: "https://arxiv.org/abs/2202.05262" };
const tools = /** @type {const} */ (["look", "cut", "set"]);
const toolName = family("map", tools);
const toolHint = family("map.hint", tools);

/**
 * @param {object} needs
 * @param {import("./strings.js").Words} needs.words
 * @param {import("../../ui/popover.js").Help} needs.help
 * @param {(op: "head" | "freeze") => void} needs.ontoggle
 * @param {(prompt: string | null) => void} needs.onpatch
 * @param {() => void} needs.redraw
 */
export function headTools({ words: { t }, help, ontoggle, onpatch, redraw }) {
  const radios = tools.map((value, i) =>
    h("input", { type: "radio", name: "map-tool", value, checked: i === 0, onchange: redraw }),
  );
  const value = h("input", {
    type: "range",
    min: 0,
    max: 1,
    step: 0.05,
    value: 1,
    "aria-label": t("map.value"),
    oninput: redraw,
  });
  const amount = h("output", {});
  const setting = h("label", { class: "setting" }, value, amount);
  const off = h(
    "button",
    {
      type: "button",
      class: "button",
      title: t("map.off.long"),
      "aria-label": t("map.off.long"),
      onclick: () => ontoggle("head"),
    },
    t("map.off"),
  );
  const freeze = h(
    "button",
    {
      type: "button",
      class: "button",
      title: t("map.freeze.long"),
      "aria-label": t("map.freeze.long"),
      onclick: () => ontoggle("freeze"),
    },
    t("map.freeze"),
  );
  const patch = h(
    "button",
    {
      type: "button",
      class: "button",
      title: t("map.patch.long"),
      "aria-label": t("map.patch.long"),
      "aria-expanded": "false",
      onclick: () => open(Boolean(form.hidden)),
    },
    t("map.patch"),
  );
  const other = h("textarea", {
    class: "field wide",
    rows: 2,
    maxlength: 256,
    required: true,
    spellcheck: "false",
    "aria-label": t("map.patch.prompt"),
    placeholder: t("map.patch.prompt"),
  });
  const back = h(
    "button",
    { type: "button", class: "quiet", onclick: () => (open(false), onpatch(null)) },
    t("map.patch.back"),
  );
  const form = h(
    "form",
    {
      class: "patch",
      hidden: true,
      onsubmit(/** @type {Event} */ event) {
        event.preventDefault();
        open(false);
        onpatch(other.value);
      },
    },
    other,
    h("div", { class: "row" }, h("button", { class: "button" }, t("map.patch.go")), back),
  );
  const hint = h("p", { class: "hint" });
  const ops = h("div", { class: "row head-ops" }, off, freeze, patch);
  const cells = h(
    "div",
    { class: "cell-tools" },
    h(
      "div",
      { class: "segments", role: "radiogroup", "aria-label": t("map.tool") },
      radios.map((radio, i) => h("label", {}, radio, h("span", {}, t(toolName[tools[i]])))),
    ),
    setting,
    about(help, t, t("map.tools"), t("map.tools.help"), meng),
  );

  let boxed = "";

  /** @param {boolean} wide */
  function open(wide) {
    form.hidden = !wide;
    patch.setAttribute("aria-expanded", String(wide));
    if (wide) other.focus();
    else if (form.contains(document.activeElement)) patch.focus();
  }
  const now = () => ({
    tool: /** @type {Tool} */ (radios.find((radio) => radio.checked)?.value ?? "look"),
    value: Number(value.value),
  });

  return {
    ops,
    cells,
    form,
    hint,
    now,
    /** Back to looking. */
    rest() {
      const was = !radios[0].checked || !form.hidden;
      radios[0].checked = true;
      open(false);
      return was;
    },
    /** @param {unknown} _ @param {unknown} __ @param {Sight} sight */
    update(_, __, { list, locked: { layer, head } }) {
      const { tool } = now();
      const own = list.filter((item) => "head" in item && item.layer === layer && item.head === head);
      off.setAttribute("aria-pressed", String(own.some(({ op }) => op === "head")));
      freeze.setAttribute("aria-pressed", String(own.some(({ op }) => op === "freeze")));
      const { patched } = headState(list, layer, head);
      patch.classList.toggle("on", patched !== null);
      back.hidden = patched === null;
      // The box holds this head's own prompt, or nothing of another's.
      const mark = JSON.stringify([layer, head, patched]);
      if (mark !== boxed) other.value = patched ?? "";
      boxed = mark;
      setting.hidden = tool !== "set";
      write(amount, now().value.toFixed(2));
      write(hint, t(toolHint[tool]));
    },
  };
}
