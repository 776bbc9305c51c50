// Below the timeline: how the spread falls with depth beside what theory says, who reads whom, and whether order is seen.
import { h } from "../../ui/dom.js";
import { number } from "../../ui/format.js";
import { depth } from "./charts.js";
import { order, reach } from "./reach.js";
import { maskColours, masks } from "./scene.js";
import { explain, picture, sceneOf } from "./stage.js";
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Words } from "./strings.js" */

/** @param {Desk<Words>} desk @returns {Part} */
export function evidence({ words, schema }) {
  const { t, pick } = words;
  const options = schema.parameters.find(({ key }) => key === "mask")?.options ?? [];
  const [falls, sees, notices] = [
    picture(t("title.depth")),
    picture(t("title.reach")),
    picture(t("title.order")),
  ];
  const element = h(
    "section",
    { class: "rank-evidence", "aria-label": t("evidence.title") },
    falls.element,
    sees.element,
    notices.element,
  );
  /** @type {Part["update"]} */
  function update(state, palette) {
    const values = Object.fromEntries(
      Object.entries((state.wanted ?? state.experiment)?.values ?? {}).map(([key, one]) => [
        key,
        Number(one),
      ]),
    );
    const scene = sceneOf(state, palette, element, t, values);
    if (!scene) return;
    const { frames, given, claim, at } = scene;
    depth(falls.canvas, { ...scene, frames: falls.reads(frames) });
    reach(sees.canvas, { ...scene, frames: sees.reads(frames) });
    order(notices.canvas, { ...scene, frames: notices.reads(frames) });
    const states = frames.depth?.shape[1] ?? 0;
    const there = (/** @type {number} */ row) => Number.isFinite(frames.depth?.data[row * states]);
    const known = masks.flatMap((mask, i) => {
      const title = options.find((one) => one.value === mask)?.title;
      return there(i) && title
        ? [/** @type {[string, string, boolean]} */ ([maskColours[i], pick(title), mask === given.mask])]
        : [];
    });
    const free = given.mask === "two-way" || given.mask === "mixed";
    explain(falls.roles, [
      ...known,
      .../** @type {[string, string][]} */ (
        there(5) ? [["ink", t(free ? "key.expected" : "key.bound")]] : []
      ),
    ]);
    const value = (/** @type {string} */ id) => number(claim(id)?.value, 4);
    falls.canvas.setAttribute("aria-label", t("aria.depth", { at, spread: value("row_spread") }));
    sees.canvas.setAttribute("aria-label", t("aria.reach", { pairs: value("reachable_pairs") }));
    notices.canvas.setAttribute(
      "aria-label",
      t("aria.order", { change: value("prefix_permutation_change") }),
    );
  }
  return { element, update };
}
