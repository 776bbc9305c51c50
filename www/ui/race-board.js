// What a race has brought: the table of qualities by lane and budget, who won, and the chart of quality against network calls.
import { lettering } from "../views/lettering.js";
import { qualities } from "../views/qualities.js";
import { fill, h, write } from "./dom.js";
import { number } from "./format.js";
import { finished, reigns } from "./standings.js";
import { strings } from "./strings-race.js";
/** @import { Frame } from "../types.js" */
/** @import { standings } from "./standings.js" */
/** @import { Palette } from "../views/palette.js" */

const star = "★";

/**
 * @param {object} needs
 * @param {import("./i18n.js").Words} needs.words
 * @param {(id: string) => string} needs.titleOf a sampler
 * @param {AbortSignal} needs.signal when the lab ends
 */
export function raceBoard({ words, titleOf, signal }) {
  const { t } = words.with(strings);
  const place = h("div", { class: "plot race-plot", role: "img" });
  const table = h("table", { class: "standings" });
  const winner = h("p", { class: "winner", role: "status" });
  /** @type {ReturnType<typeof qualities> | null} */
  let draw = null;

  /** @param {string[]} lanes ids of the samplers @param {ReturnType<typeof standings>} board @param {Record<string, Frame>} seen @param {Palette} palette */
  function update(lanes, board, seen, { colours }) {
    const measured = seen.race_floor?.data[0] ?? -1;
    const floor = measured < 0 ? null : measured;
    const ended = finished(board);
    fill(
      table,
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, t("race.budget")),
          board.map(({ budget }) => h("th", { scope: "col" }, String(budget))),
        ),
      ),
      h(
        "tbody",
        {},
        lanes.map((id, i) =>
          h(
            "tr",
            {},
            h(
              "th",
              { scope: "row", class: `lane-${i + 1}` },
              h("i", { class: "swatch", "aria-hidden": "true" }),
              titleOf(id),
            ),
            board.map(({ qualities: found, leaders }) =>
              h(
                "td",
                { class: leaders.includes(i) ? "best" : null },
                found[i] === null ? "" : number(found[i], 3),
                leaders.includes(i) && h("span", { title: t("race.best") }, ` ${star}`),
              ),
            ),
          ),
        ),
      ),
    );
    const last = ended.at(-1);
    write(
      winner,
      last
        ? reigns(board)
            .map(({ from, to, leaders }) =>
              t("race.won", {
                n: from === to ? from : `${from}–${to}`,
                name: leaders.map((i) => titleOf(lanes[i])).join(" = "),
              }),
            )
            .join(" · ")
        : "",
    );
    place.setAttribute(
      "aria-label",
      last
        ? t("race.alt", {
            n: last.budget,
            name: titleOf(lanes[/** @type {number} */ (last.best)]),
            floor: number(floor, 3),
          })
        : t("race.alt.none"),
    );
    const begun = board.some(({ qualities: found }) => found.some((one) => one !== null));
    place.classList.toggle("empty", !begun);
    if (begun)
      draw?.({
        budgets: board.map(({ budget }) => budget),
        floor,
        axis: t("race.budget"),
        colours,
        height: 300,
        font: lettering(place),
        lanes: lanes.map((id, i) => ({
          label: titleOf(id),
          colour: colours[/** @type {"lane-1"} */ (`lane-${i + 1}`)],
          qualities: board.map(({ qualities: found }) => found[i]),
        })),
      });
  }
  return {
    place,
    table,
    winner,
    update,
    /** @param {any} uPlot */
    equip(uPlot) {
      draw = qualities(place, uPlot);
      signal.addEventListener("abort", draw.destroy);
    },
  };
}
