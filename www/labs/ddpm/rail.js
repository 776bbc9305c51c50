// The tracks side by side: each one's picture at this step, what differs on it, the tree and how far apart they are.
import { pixels } from "../../views/pixels.js";
import { heightOf, trackAt, tree } from "../../views/tree.js";
import { crossButton, fill, h, write } from "../../ui/dom.js";
import { number } from "../../ui/format.js";
import { lettering } from "../../views/lettering.js";
import { difference, trackName } from "./describe.js";
import { pictureOf } from "./pictures.js";
/** @import { LabSchema } from "../../types.js" */
/** @import { Player, State } from "../../ui/player.js" */

/**
 * @param {Player} player @param {import("./strings.js").Words} words @param {LabSchema} schema @param {import("./labels.js").Labels} labels
 * @param {{inset: () => number, onshow: (track: number) => void, ondelete: (track: number) => void}} on
 */
export function tracks(player, words, schema, labels, { inset, onshow, ondelete }) {
  const { t } = words;
  const canvas = h("canvas", { class: "tree", "aria-hidden": "true", title: t("tracks.tree") });
  const draw = tree(canvas);
  const cards = h("div", {
    class: "cards",
    role: "radiogroup",
    "aria-label": t("tracks.title"),
    "data-keys": true,
  });
  const widest = h("p", { class: "widest" });
  const element = h(
    "section",
    { class: "tracks", "aria-labelledby": "tracks-title", hidden: true },
    h("header", {}, h("h2", { id: "tracks-title" }, t("tracks.title")), widest),
    canvas,
    cards,
  );
  /** @type {{element: HTMLElement, radio: HTMLElement, says: Element, apart: Element, draw: ReturnType<typeof pixels>}[]} */
  let made = [];
  let built = "";

  canvas.addEventListener("click", ({ offsetX, offsetY }) => {
    const part = (offsetX - inset()) / (canvas.clientWidth - 2 * inset());
    onshow(trackAt(offsetY, made.length));
    player.seek(Math.round(Math.min(1, Math.max(0, part)) * (player.state.status?.length ?? 0)));
  });
  cards.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    const next = player.state.track + (move ?? 0);
    if (event.key === "Delete" && player.state.track > 0) ondelete(player.state.track);
    if (!move || event.shiftKey || !made[next]) return;
    event.preventDefault();
    onshow(next);
    made[next].radio.focus();
  });

  /** @param {number} track place among the tracks @param {number} fork its number in the experiment */
  function card(track, fork) {
    const picture = h("canvas", { "aria-hidden": "true" });
    const says = h("span", { class: "says" });
    const apart = h("span", { class: "apart" });
    const radio = h(
      "button",
      { type: "button", role: "radio", onclick: () => onshow(track) },
      picture,
      h("strong", {}, trackName(words, fork)),
      says,
      apart,
    );
    const away = track > 0 && crossButton(t("tracks.delete", { n: fork }), () => ondelete(track));
    return {
      element: h("div", { class: "card-track" }, radio, away),
      radio,
      says,
      apart,
      draw: pixels(picture),
    };
  }

  /** @param {State} state @param {import("../../views/palette.js").Palette} palette */
  function update(state, { picture, colours }) {
    const { status, experiment, frames, track: shown } = state;
    const all = status?.tracks ?? [];
    element.hidden = all.length < 2;
    if (!status || !experiment || all.length < 2 || !frames.tracks || !frames.distances) return;
    const forks = experiment.forks ?? [];
    const now = all.map(({ fork }) => fork).join();
    if (now !== built) {
      built = now;
      made = all.map(({ fork }, track) => card(track, fork));
      fill(cards, ...made.map(({ element }) => element));
    }
    const { length, at } = status;
    const { data } = frames.distances;
    const top = Math.max(0, ...data);
    made.forEach(({ radio, says, apart, draw }, track) => {
      radio.setAttribute("aria-checked", String(track === shown));
      radio.tabIndex = track === shown ? 0 : -1;
      const { at: from, parent, fork: place } = all[track];
      const fork = forks[place - 1];
      write(
        says,
        fork
          ? t("tracks.from", {
              at: from,
              parent: all[parent].fork,
              what: difference(words, schema, labels, fork, experiment.values),
            })
          : t("tracks.original.says"),
      );
      const distance = data[track * (length + 1) + at];
      write(
        apart,
        !fork || !(distance >= 0)
          ? ""
          : at < from
            ? t("tracks.together")
            : t("tracks.apart", { distance: number(distance, 3) }),
      );
      if ((track + 1) * frames.tracks.shape.slice(-3).reduce((a, b) => a * b) <= frames.tracks.data.length)
        draw({ picture: pictureOf(frames.tracks, track, picture), colours });
    });
    write(widest, t("tracks.widest", { distance: number(top, 3) }));
    canvas.style.height = `${heightOf(all.length)}px`;
    draw({
      tracks: all,
      distances: data,
      length,
      at,
      shown,
      inset: inset(),
      colours,
      font: lettering(element),
    });
  }
  return {
    element,
    update,
    /** @param {number} track */
    focus: (track) => made[track]?.radio.focus(),
  };
}
