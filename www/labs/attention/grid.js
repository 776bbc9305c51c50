// All heads at once: a thumbnail each, what the letter looked at reads most there, and a switch for each layer.
import { thumb } from "../../views/thumb.js";
import { fill, h, write } from "../../ui/dom.js";
import { percent } from "../../ui/format.js";
import { family } from "../../ui/i18n.js";
import { about } from "./about.js";
import { headState, layerPart } from "./edits.js";
import { glyph } from "./glyphs.js";
import { largest, reads, seen } from "./maps.js";
import { room } from "./span.js";
/** @import { State } from "../../ui/player.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Place } from "./focus.js" */
/** @import { Sight } from "./gaze.js" */

const parts = /** @type {const} */ (["on", "attention", "mlp", "both"]);
const partName = family("heads", parts);

/**
 * @param {object} needs
 * @param {import("./strings.js").Words} needs.words
 * @param {import("../../ui/popover.js").Help} needs.help
 * @param {(part: Partial<Place> | null) => void} needs.onhover
 * @param {(part: Partial<Place>) => void} needs.choose
 * @param {(layer: number, part: "attention" | "mlp" | "both" | null) => void} needs.onlayer
 */
export function grid({ words: { t }, help, onhover, choose, onlayer }) {
  const table = h("div", { class: "heads", role: "radiogroup", "aria-label": t("heads.title") });
  const element = h(
    "section",
    { class: "all-heads", "aria-label": t("heads.title") },
    h(
      "header",
      {},
      h(
        "div",
        { class: "named" },
        h("h2", {}, t("heads.title")),
        about(help, t, t("heads.title"), t("heads.help")),
      ),
      h("span", { class: "hint", "aria-hidden": "true" }, t("heads.most")),
    ),
    table,
  );
  /** @typedef {{layer: number, head: number, button: HTMLElement, draw: ReturnType<typeof thumb>, caption: HTMLElement}} Cell */
  /** @type {Cell[]} */
  let cells = [];
  /** @type {HTMLSelectElement[]} */
  let switches = [];
  let built = "";
  let across = 1;

  table.addEventListener("pointerleave", () => onhover(null));
  table.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across }[event.key];
    const here = cells.findIndex(({ button }) => button === event.target);
    const next = cells[here + (move ?? 0)];
    if (!move || here < 0) return;
    event.preventDefault();
    if (!next) return;
    choose({ layer: next.layer, head: next.head });
    next.button.focus();
  });

  /** @param {number} layers @param {number} heads @param {boolean} mlp */
  function build(layers, heads, mlp) {
    if (built === `${layers},${heads},${mlp}`) return;
    built = `${layers},${heads},${mlp}`;
    across = heads;
    cells = [];
    switches = [];
    table.style.setProperty("--heads", String(heads));
    table.style.setProperty("--layers", String(layers));
    fill(table, ...Array.from({ length: layers }, (_, l) => row(l + 1, heads, mlp)).flat());
  }

  /** @param {number} layer @param {number} heads @param {boolean} mlp */
  function row(layer, heads, mlp) {
    const label = t("heads.switch", { layer });
    const choice = h(
      "select",
      {
        "aria-label": label,
        title: label,
        onchange: () => onlayer(layer, choice.value === "on" ? null : /** @type {"both"} */ (choice.value)),
      },
      parts
        .filter((part) => mlp || part === "on" || part === "attention")
        .map((part) => h("option", { value: part }, t(partName[part]))),
    );
    switches.push(choice);
    return [
      h("div", { class: "layer-name" }, h("span", {}, t("heads.layer", { layer })), choice),
      ...Array.from({ length: heads }, (_, i) => {
        const head = i + 1;
        const canvas = h("canvas", { "aria-hidden": "true" });
        const caption = h("span", { class: "head-reads", "aria-hidden": "true" });
        const button = h(
          "button",
          {
            type: "button",
            role: "radio",
            "aria-label": t("heads.one", { layer, head }),
            onclick: () => choose({ layer, head }),
            onpointerenter: (/** @type {PointerEvent} */ event) =>
              event.pointerType !== "touch" && onhover({ layer, head }),
          },
          canvas,
          caption,
        );
        cells.push({ layer, head, button, draw: thumb(canvas), caption });
        return button;
      }),
    ];
  }

  /** @param {State} state @param {Palette} palette @param {Sight} sight */
  function update(
    { frames, status },
    { colours, shade, signed },
    { token, view, total, text, list, locked },
  ) {
    if (!frames.maps) return;
    const [layers, heads] = frames.maps.shape;
    build(
      layers,
      heads,
      (status?.mlp ?? true) || list.some((item) => item.op === "layer" && item.part !== "attention"),
    );
    for (const { layer, head, button, draw, caption } of cells) {
      const mine = layer === locked.layer && head === locked.head;
      const state = headState(list, layer, head);
      const off = state.off || state.layerOff === "attention" || state.layerOff === "both";
      button.setAttribute("aria-checked", String(mine));
      button.tabIndex = mine ? 0 : -1;
      button.classList.toggle("off", off);
      button.classList.toggle("held", state.frozen || state.patched !== null);
      button.classList.toggle("worked", state.cuts.size + state.sets.size > 0 || state.window !== null);
      button.setAttribute(
        "aria-label",
        [
          t("heads.one", { layer, head }),
          off && t("heads.off"),
          state.frozen && t("heads.frozen"),
          state.patched !== null && t("heads.patched"),
        ]
          .filter(Boolean)
          .join(", "),
      );
      const map = seen(frames, view, layer, head);
      draw({
        map,
        total: room(map?.size ?? 1, total),
        token,
        off,
        scale: view === "difference" ? signed : shade,
        colours,
      });
      const [most] = map ? largest(reads(map, token), 1) : [];
      write(
        caption,
        most && Math.abs(most.value) >= 0.005
          ? `${glyph(text[most.token - 1] ?? "")} ${percent(most.value).replace("-", "−")}`
          : "–",
      );
    }
    switches.forEach((choice, l) => (choice.value = layerPart(list, l + 1) ?? "on"));
  }
  return { element, update };
}
