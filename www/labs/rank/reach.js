// Who reads whom in one layer, as arcs over and under a line of tokens, read off the map; and what changes when the prefix is reversed.
import { axes } from "../../views/axes.js";
import { crisp } from "../../views/canvas.js";
import { css } from "../../views/color.js";
import { small } from "../../views/lettering.js";
import { tint } from "./scene.js";
/** @import { Scene } from "./scene.js" */

/** So many tokens stand for all. */
const most = 13;

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function reach(canvas, { frames: { map }, colours, font, t }) {
  if (!map || !canvas.clientWidth) return;
  const { context: pen, width, height } = crisp(canvas);
  const n = map.shape[0];
  const count = Math.min(n, most);
  const token = (/** @type {number} */ k) => Math.round((k * (n - 1)) / Math.max(1, count - 1));
  const size = small();
  const X = (/** @type {number} */ k) => 14 + (k / Math.max(1, count - 1)) * (width - 28);
  const middle = height / 2;
  const high = middle - 1.7 * size - 6;
  pen.clearRect(0, 0, width, height);
  pen.lineWidth = 1.1;
  pen.globalAlpha = 0.75;
  for (let a = 0; a < count; a++)
    for (let b = 0; b < count; b++) {
      if (a === b || map.data[token(a) * n + token(b)] === 0) continue;
      const back = b < a;
      const bow = (Math.abs(a - b) / (count - 1)) * high;
      const half = Math.abs(X(a) - X(b)) / 2;
      pen.strokeStyle = back ? colours["lane-1"] : colours["lane-2"];
      pen.beginPath();
      pen.ellipse((X(a) + X(b)) / 2, middle, half, bow, 0, back ? Math.PI : 0, back ? 2 * Math.PI : Math.PI);
      pen.stroke();
    }
  pen.globalAlpha = 1;
  const colour = tint(colours);
  for (let k = 0; k < count; k++) {
    pen.beginPath();
    pen.arc(X(k), middle, 5, 0, 7);
    pen.fillStyle = css(colour(k / Math.max(1, count - 1)));
    pen.fill();
    pen.lineWidth = 1.5;
    pen.strokeStyle = colours.sheet;
    pen.stroke();
  }
  pen.font = `${size}px ${font}`;
  pen.textAlign = "left";
  pen.fillStyle = colours["lane-1"];
  pen.textBaseline = "top";
  pen.fillText(t("reach.back"), 4, 2);
  pen.fillStyle = colours["lane-2"];
  pen.textBaseline = "bottom";
  pen.fillText(t("reach.forth"), 4, height - 2);
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function order(canvas, { frames: { order: f }, values, colours, font, t }) {
  if (!f || !canvas.clientWidth) return;
  const n = f.shape[0];
  const high = Math.max(...f.data);
  const none = high < 1e-6;
  const on = axes(canvas, {
    x: [0, n],
    y: [0, none ? 1 : 1.12 * high],
    colours,
    font,
    across: t("axis.token"),
  });
  const { pen, X, Y, box } = on;
  const p = Math.min(n, values.prefix);
  pen.fillStyle = colours["accent-soft"];
  pen.fillRect(X(0), box.top, X(p) - X(0), box.bottom - box.top);
  const colour = tint(colours);
  for (let i = 0; i < n; i++) {
    pen.fillStyle = css(colour(i / Math.max(1, n - 1)));
    const wide = X(1) - X(0);
    pen.fillRect(X(i), Y(f.data[i]), Math.max(1, wide - (wide > 4 ? 1 : 0)), Y(0) - Y(f.data[i]));
  }
  if (p > 1) on.write(t("order.prefix"), X(0) + 5, box.top + 3, colours.accent);
  if (none)
    on.write(
      t("order.none"),
      (box.left + box.right) / 2,
      (box.top + box.bottom) / 2 - 8,
      colours.ink,
      "center",
    );
}
