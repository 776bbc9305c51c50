// The map of the head: who reads whom, how much; and the boundary of the prefix, which a hand can move.
import { h } from "../../ui/dom.js";
import { holdable } from "../../ui/grip.js";
import { crisp } from "../../views/canvas.js";
import { scale } from "../../views/color.js";
import { toned } from "../../views/tile.js";
/** @import { Live } from "../../ui/live.js" */
/** @import { Colours } from "../../views/palette.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Words } from "./strings.js" */

/** Of weights −1..1: both ways of reading have a hue of their own where heads look both ways. @param {Colours} colours @param {"shade-full" | "lane-1" | "lane-2"} full */
const shades = (colours, full) =>
  scale(
    [
      [-1, colours["signed-plus"]],
      [0, colours.sheet],
      [1, colours[full]],
    ],
    colours.broken,
  );

/** Weights over the largest of their row, as a picture of one pixel a cell. @param {HTMLCanvasElement} tile @param {Scene} scene */
function paint(tile, { frames: { map }, given, colours }) {
  const n = map.shape[0];
  Object.assign(tile, { width: n, height: n });
  const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  const image = pen.createImageData(n, n);
  const mixed = given.mask === "mixed";
  const [back, forth] = mixed
    ? [shades(colours, "lane-1"), shades(colours, "lane-2")]
    : [shades(colours, "shade-full"), shades(colours, "shade-full")];
  for (let i = 0; i < n; i++) {
    let most = 0;
    for (let j = 0; j < n; j++) most = Math.max(most, Math.abs(map.data[i * n + j]));
    for (let j = 0; j < n; j++) {
      const [r, g, b] = (j > i ? forth : back)(toned(map.data[i * n + j] / (most || 1)));
      image.data.set([r, g, b, 255], 4 * (i * n + j));
    }
  }
  pen.putImageData(image, 0, 0);
}

/** @param {{t: Words["t"]}} words @param {Live} live @param {HTMLCanvasElement} canvas @param {HTMLElement} frame */
export function mapView({ t }, live, canvas, frame) {
  const tile = document.createElement("canvas");
  let painted = "";
  /** @type {Float32Array | null} */
  let seen = null;
  let n = 1;
  const boundary = h("button", { type: "button", class: "rank-boundary" });
  frame.append(boundary);
  const bounded = (/** @type {number} */ prefix) => ({
    prefix: Math.min(n, Math.max(0, Math.round(prefix))),
  });
  const under = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    const box = canvas.getBoundingClientRect();
    // Along the diagonal: the mean of both ways.
    const share = (clientX - box.left + clientY - box.top) / (box.width + box.height);
    return bounded(share * n);
  };
  holdable(boundary, {
    slide: (event) => live.move(under(event)),
    drop: (event) => live.settle(under(event)),
    push: ([right, up], far) =>
      live.settle(bounded(Math.min(n, live.values().prefix) + (right - up) * (far ? 10 : 1))),
  });

  /** What lies under a place of the canvas. @param {number} x @param {number} y @param {Scene} scene */
  function read(x, y, { frames: { map } }) {
    const [i, j] = [y, x].map((place) => Math.min(n - 1, Math.max(0, Math.floor(place * n))));
    return { i, j, weight: map.data[i * n + j] };
  }

  /** @param {Scene} scene */
  function draw(scene) {
    const { frames, given, values, colours } = scene;
    if (!frames.map || !canvas.clientWidth) return;
    const { context: pen, width, height, ratio } = crisp(canvas);
    n = frames.map.shape[0];
    const now = `${given.mask} ${colours.ink} ${colours.sheet}`;
    if (now !== painted || seen !== frames.map.data) paint(tile, scene);
    painted = now;
    seen = frames.map.data;
    pen.imageSmoothingEnabled = width * ratio < n;
    pen.clearRect(0, 0, width, height);
    pen.drawImage(tile, 0, 0, width, height);
    const p = Math.min(n, values.prefix);
    const [x, y] = [(p / n) * width, (p / n) * height];
    const mine = given.mask === "prefix";
    pen.strokeStyle = mine ? colours.accent : colours["line-strong"];
    pen.lineWidth = mine ? 2 : 1;
    pen.setLineDash([5, 4]);
    pen.beginPath();
    pen.moveTo(x, 0);
    pen.lineTo(x, y);
    pen.lineTo(0, y);
    pen.stroke();
    pen.setLineDash([]);
    boundary.style.left = `${x}px`;
    boundary.style.top = `${y}px`;
    boundary.classList.toggle("mine", mine);
    const words = t("grip.prefix", { p, n });
    if (boundary.title !== words) {
      boundary.title = words;
      boundary.setAttribute("aria-label", words);
    }
  }
  return { draw, read };
}
