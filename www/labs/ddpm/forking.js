// The panel "Fork here": paint on what stands, throw other noise once, order something else from here on.
import { control } from "../../ui/control.js";
import { isShown } from "../../ui/controls.js";
import { crossButton, h, write } from "../../ui/dom.js";
import { exactField } from "../../ui/field.js";
import { mostSeed, parseSeed } from "../../ui/scale.js";
import { most, valuesOf } from "./forks.js";
import { difference, trackName } from "./describe.js";
import { paintbox } from "./palette.js";
import { sizeOf } from "./pictures.js";
/** @import { Fork, Experiment, LabSchema } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */

/** The number that the experiment knows a track by. @param {State["status"]} status @param {number} track */
const forkOf = (status, track) => status?.tracks?.[track]?.fork ?? 0;

/**
 * @param {object} needs
 * @param {import("./strings.js").Words} needs.words
 * @param {LabSchema} needs.schema
 * @param {import("./labels.js").Labels} needs.labels
 * @param {import("../../ui/popover.js").Help} needs.help
 * @param {import("./paint.js").Paint} needs.paint
 * @param {() => State} needs.state
 * @param {() => void} needs.redraw
 * @param {(fork: Fork) => void} needs.onfork
 * @param {(open: boolean, held: boolean) => void} needs.ontoggle held: whether it had the focus
 */
export function forking({ words, schema, labels, help, paint, state, redraw, onfork, ontoggle }) {
  const { t } = words;
  /** @type {Record<string, string | number>} what is wanted otherwise */
  let set = {};
  let noise = "";
  /** @type {{at: number, track: number} | null} where the first wish was made: the film may run on meanwhile */
  let pinned = null;
  const pin = () => {
    const { status, track } = state();
    if (status) pinned ??= { at: status.at, track };
  };
  const box = paintbox(words, paint);
  const rule = t("control.whole", { min: 0, max: String(mostSeed) });
  const seed = exactField({
    words,
    attributes: { inputmode: "numeric", "aria-label": t("fork.seed"), title: rule },
    read: parseSeed,
    rule,
    onchange: (value) => {
      pin();
      noise = value;
      redraw();
    },
  });
  const other = h("input", {
    type: "checkbox",
    id: "other-noise",
    onchange: () => {
      pin();
      noise = other.checked ? String(crypto.getRandomValues(new Uint32Array(1))[0] % 1000000) : "";
      redraw();
    },
  });
  const rows = schema.parameters
    .filter(({ key }) => schema.forks.includes(key))
    .map((parameter) => {
      // "Back to the default" means here: as on the track that is left.
      const own = { ...parameter, nameOf: parameter.key === "label" ? labels.name : undefined };
      return {
        parameter,
        row: control(
          own,
          words,
          help,
          (value) => (pin(), (set = { ...set, [parameter.key]: value }), redraw()),
          { name: `fork-${parameter.key}` },
        ),
      };
    });
  const title = h("h2", { id: "fork-title" });
  const says = h("p", { class: "says", role: "status" });
  const go = h("button", { type: "button", class: "button primary", onclick: make }, t("fork.go"));
  const element = h(
    "section",
    { class: "fork", "aria-labelledby": "fork-title", hidden: true },
    h(
      "header",
      {},
      title,
      crossButton(t("close"), () => toggle(false)),
    ),
    h("div", { class: "group" }, h("h3", {}, t("fork.paint")), box.element),
    h(
      "div",
      { class: "group" },
      h("h3", {}, t("fork.noise")),
      h(
        "div",
        { class: "noise" },
        other,
        h("label", { for: "other-noise" }, t("fork.noise.other")),
        seed.field,
      ),
      seed.said,
    ),
    h(
      "div",
      { class: "group" },
      h("h3", {}, t("fork.set")),
      rows.map(({ row }) => row.element),
    ),
    says,
    h(
      "div",
      { class: "row" },
      go,
      h("button", { type: "button", class: "button", onclick: () => toggle(false) }, t("fork.cancel")),
    ),
  );

  /** What a fork would be now; null if nothing differs. @param {State} state @returns {Fork | null} */
  function draft({ experiment, status, ...state }) {
    if (!experiment || !status) return null;
    const spot = paint.painted().size ? paint.spot() : pinned;
    const parent = forkOf(status, spot?.track ?? state.track);
    const before = valuesOf(experiment.values, experiment.forks ?? [], parent);
    const after = { ...before, ...set };
    const changed = rows.filter(
      ({ parameter }) =>
        parameter.key in set &&
        String(set[parameter.key]) !== String(before[parameter.key]) &&
        isShown(parameter, after),
    );
    const fork = {
      parent,
      at: spot?.at ?? status.at,
      set: Object.fromEntries(changed.map(({ parameter: { key } }) => [key, set[key]])),
      noise: noise || null,
      paint: [...paint.painted()],
      sample: paint.painted().size ? (paint.spot()?.sample ?? 0) : 0,
    };
    return changed.length || fork.paint.length || fork.noise ? fork : null;
  }

  function make() {
    const fork = draft(state());
    if (!fork) return;
    toggle(false);
    onfork(fork);
  }

  /** @param {boolean} open */
  function toggle(open) {
    if (open !== element.hidden) return;
    const held = element.contains(document.activeElement);
    element.hidden = !open;
    [set, noise, pinned] = [{}, "", null];
    paint.use(open);
    ontoggle(open, held);
    if (open) title.focus({ preventScroll: true });
  }
  title.tabIndex = -1;
  element.addEventListener("keydown", (event) => event.key === "Escape" && toggle(false));

  /** @param {State} state @param {import("../../views/palette.js").Palette} palette */
  function update(state, { picture }) {
    const { experiment, status, frames } = state;
    if (element.hidden || !experiment || !status || !frames.x) return;
    const forks = experiment.forks ?? [];
    const parent = forkOf(status, pinned?.track ?? state.track);
    const before = valuesOf(experiment.values, forks, parent);
    const values = { ...before, ...set };
    box.update(sizeOf(frames.x), picture);
    for (const { parameter, row } of rows) {
      row.element.hidden = !isShown(parameter, values);
      row.update(values[parameter.key], values, before[parameter.key]);
    }
    other.checked = noise !== "";
    seed.field.hidden = noise === "";
    seed.update(noise);
    const fork = draft(state);
    write(
      title,
      t("fork.title", { at: fork?.at ?? status.at, track: trackName(words, fork?.parent ?? parent) }),
    );
    const full = forks.length >= most;
    const late = (fork?.at ?? status.at) >= status.length;
    go.disabled = !fork || full || late;
    write(
      says,
      full
        ? t("fork.full", { most })
        : late
          ? t("fork.late")
          : fork
            ? t("fork.differs", { what: difference(words, schema, labels, fork, experiment.values) })
            : t("fork.nothing"),
    );
  }
  return { element, update, toggle, isOpen: () => !element.hidden };
}
