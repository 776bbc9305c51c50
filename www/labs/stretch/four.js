// Under the pictures of trained networks: their numbers with their spread, the verdict on the bias, and the four terms as they were learnt.
import { fill, h, write } from "../../ui/dom.js";
import { createFigure } from "../../ui/figure.js";
import { number } from "../../ui/format.js";
import { axes } from "../../views/axes.js";
import { deviation, lanesOf, mean, ofLane } from "./lanes.js";
import { cell, count } from "./scene.js";
/** @import { Frame } from "../../types.js" */
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Colours } from "../../views/palette.js" */
/** @import { Words } from "./strings.js" */

/** Of the four terms. @type {readonly (keyof Colours)[]} */
const termColours = ["lane-1", "lane-3", "lane-4", "lane-2"];

/** @param {Desk<Words>} desk @returns {Part & {element: HTMLElement}} */
export function learnt({ words: { t, pick }, schema }) {
  const says = h("p", { class: "verdict", role: "status" });
  const head = h("tr", {});
  const body = h("tbody", {});
  const four = createFigure("stretch-frame");
  const element = h(
    "section",
    { class: "learnt", "aria-label": t("learnt.title"), hidden: true },
    says,
    h(
      "div",
      { class: "printed", role: "region", "aria-label": t("learnt.caption"), tabindex: "0" },
      h("table", {}, h("caption", {}, t("learnt.caption")), h("thead", {}, head), body),
    ),
    h("p", { class: "ours" }, t("learnt.ours")),
    four.element,
  );
  let shown = "";

  /** @param {Frame} lengths @param {import("./lanes.js").Lane[]} lanes @param {(id: string) => number | null | undefined} value @param {number} trained */
  function table(lengths, lanes, value, trained) {
    const now = [
      Array.from(lengths.data).join(),
      ...lanes.map(({ name }) => name),
      value("loss_beyond"),
    ].join("|");
    if (now === shown) return;
    shown = now;
    fill(
      head,
      h("td", {}),
      h("th", { scope: "col" }, t("learnt.within")),
      h("th", { scope: "col" }, t("learnt.beyond")),
      ...[1, 2, 4, 8].map((times) => h("th", { scope: "col" }, count(times * trained))),
      h("th", { scope: "col" }, t("learnt.retained")),
    );
    const beside = (/** @type {number[]} */ all, /** @type {(x: number) => string} */ say) =>
      h("td", {}, all.length > 1 ? `${say(mean(all))} ± ${say(deviation(all))}` : say(mean(all)));
    const share = (/** @type {number} */ x) => `${(100 * x).toFixed(1)} %`;
    fill(
      body,
      ...lanes.map(({ name }, i) => {
        const of = (/** @type {number} */ row) => ofLane(lengths, row, i, lanes.length);
        const suffix = i ? `_${i + 1}` : "";
        const loss = (/** @type {string} */ id) => h("td", {}, number(value(`${id}${suffix}`), 3));
        return h(
          "tr",
          {},
          h("th", { scope: "row" }, name),
          loss("loss_within"),
          loss("loss_beyond"),
          ...[0, 1, 2, 3].map((row) => beside(of(row), share)),
          beside(
            of(3).map((x, k) => x / of(0)[k]),
            share,
          ),
        );
      }),
    );
  }

  /** @param {Frame} frame @param {Colours} colours @param {string} font */
  function terms(frame, colours, font) {
    const { canvas } = four;
    if (!canvas.clientWidth) return;
    const rows = frame.shape[0];
    let [low, high] = [0, 0];
    for (let k = 0; k < rows; k++)
      for (let j = 1; j < 5; j++) {
        const [value, stray] = [cell(frame, k, j), j === 1 ? cell(frame, k, 5) : 0];
        [low, high] = [Math.min(low, value - stray), Math.max(high, value + stray)];
      }
    const room = 0.06 * (high - low || 1);
    const on = axes(canvas, {
      x: [0, rows - 1],
      y: [low - room, high + room],
      colours,
      font,
      across: t("axis.places"),
    });
    const sum = (/** @type {number} */ k) => cell(frame, k, 1) + cell(frame, k, 2) + cell(frame, k, 3);
    on.within(() => {
      on.pen.beginPath();
      for (let k = 0; k < rows; k++) on.pen.lineTo(on.X(k), on.Y(sum(k) + cell(frame, k, 5)));
      for (let k = rows - 1; k >= 0; k--) on.pen.lineTo(on.X(k), on.Y(sum(k) - cell(frame, k, 5)));
      on.pen.fillStyle = colours["accent-soft"];
      on.pen.globalAlpha = 0.5;
      on.pen.fill();
      on.pen.globalAlpha = 1;
    });
    for (let j = 1; j < 5; j++)
      on.curve(rows, (k) => [k, cell(frame, k, j)], colours[termColours[j - 1]], {
        width: j === 4 ? 3 : 1.8,
      });
  }

  /** @type {Part["update"]} */
  function update({ frames, readouts, experiment }, { colours }) {
    element.hidden = experiment?.values.view !== "measured";
    if (element.hidden || !experiment) return;
    const { lengths } = frames;
    const { four: frame } = four.reads(frames);
    const lanes = lanesOf(experiment.values, schema, pick);
    const claim = (/** @type {string} */ id) => readouts.find((one) => one.id === id);
    const there = Boolean(lengths?.shape[0]) && (lengths.shape[1] - 1) % Math.max(1, lanes.length) === 0;
    const gain = claim("bias_gain");
    const gained = gain?.value ?? null;
    write(
      says,
      !there
        ? t("measured.waiting")
        : !gain
          ? t("verdict.absent")
          : gained === null
            ? t("verdict.few")
            : t(
                Math.abs(gained) <= (gain.tolerance ?? 0)
                  ? "verdict.even"
                  : gained > 0
                    ? "verdict.helps"
                    : "verdict.harms",
                { gain: number(100 * gained, 2), half: number(100 * (gain.tolerance ?? 0), 2) },
              ),
    );
    if (there) table(lengths, lanes, (id) => claim(id)?.value, 64);
    four.element.hidden = !frame?.shape[0];
    if (four.element.hidden) return;
    terms(frame, colours, getComputedStyle(element).fontFamily);
    const { layer, head: which } = experiment.values;
    four.name(
      t("four.title", { layer, head: which }),
      [
        ...["qᵀRk", "aᵀRk", "qᵀRb", "aᵀRb"].map(
          (name, i) => /** @type {import("../../ui/figure.js").Role} */ ([termColours[i], name]),
        ),
        ["accent-soft", t("four.stray")],
      ],
      t("four.said", {
        drops: [1, 2, 3].map((l) => number(claim(`fourth_term_${l}`)?.value, 3)).join(", "),
      }),
    );
  }
  return { element, update };
}
