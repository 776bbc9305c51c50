// The map: height as shade and contours, the ways down or the cloud, the compass, and the start that a hand drags.
import { h } from "../../ui/dom.js";
import { holdable } from "../../ui/grip.js";
import { number } from "../../ui/format.js";
import { rgb } from "../../views/color.js";
import { crisp } from "../../views/canvas.js";
import { isolines } from "../../views/contours.js";
import { small } from "../../views/lettering.js";
import { charted } from "./charted.js";
import { strings } from "./plan.js";
import { lanes as laneColours } from "./scene.js";
import { ways } from "./ways.js";
/** @import { Frame } from "../../types.js" */
/** @import { Live } from "../../ui/live.js" */
/** @import { Colours } from "../../views/palette.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Words } from "./strings.js" */

/** Particles that are drawn one by one. */
const most = 8000;
/** How many lines of equal height. */
const lines = 14;

/**
 * @param {object} needs
 * @param {Words} needs.words @param {Live} needs.live @param {HTMLCanvasElement} needs.canvas
 * @param {HTMLElement} needs.frame @param {() => void} needs.redraw
 */
export function landscape({ words: { t }, live, canvas, frame, redraw }) {
  const grip = h("button", { type: "button", class: "grip flow-start" });
  frame.append(grip);
  /** x from, to, y from, to. @type {[number, number, number, number]} */
  let window = [-1, 1, -1, 1];
  /** While a cloud is set down elsewhere nothing of it is computed. @type {{x: number, y: number} | null} */
  let carried = null;
  let cloudy = false;
  const sheet = document.createElement("canvas");
  const counts = document.createElement("canvas");
  const cells = document.createElement("canvas");
  let made = "";
  /** @type {Frame | null} */
  let of = null;

  const size = () => /** @type {const} */ ([canvas.clientWidth || 1, canvas.clientHeight || 1]);
  const X = (/** @type {number} */ x) => ((x - window[0]) / (window[1] - window[0])) * size()[0];
  const Y = (/** @type {number} */ y) => (1 - (y - window[2]) / (window[3] - window[2])) * size()[1];
  const round = (/** @type {number} */ value) => Number(Math.min(6, Math.max(-6, value)).toFixed(2));
  let corner = [0, 0];
  /** @param {number} left @param {number} top @returns {[number, number]} */
  const back = (left, top) => {
    const [wide, high] = size();
    const [x0, x1, y0, y1] = window;
    return [x0 + (left / wide) * (x1 - x0), y1 - (top / high) * (y1 - y0)];
  };
  const under = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    const [x, y] = back(clientX - corner[0], clientY - corner[1]);
    return { x: round(x), y: round(y) };
  };
  holdable(grip, {
    begin() {
      const box = canvas.getBoundingClientRect();
      corner = [box.left, box.top];
    },
    slide(event) {
      if (cloudy) {
        carried = under(event);
        redraw();
      } else live.move(under(event));
    },
    drop(event) {
      carried = null;
      live.settle(under(event));
    },
    push([right, up], far) {
      const { x, y } = live.values();
      const step = far ? 0.5 : 0.05;
      live.settle({ x: round(x + right * step), y: round(y + up * step) });
    },
  });

  /** Shade and contours, made once for a landscape and a size. @param {Frame} map @param {Colours} colours @param {number} width @param {number} height @param {number} ratio */
  function ground(map, colours, width, height, ratio) {
    const key = `${width},${height},${ratio},${colours.well}`;
    if (of === map && made === key) return;
    [of, made] = [map, key];
    Object.assign(sheet, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    const pen = /** @type {CanvasRenderingContext2D} */ (sheet.getContext("2d"));
    const side = map.shape[0];
    const finite = map.data.filter(Number.isFinite);
    let [low, high] = [Infinity, -Infinity];
    for (const value of finite) [low, high] = [Math.min(low, value), Math.max(high, value)];
    if (!(high > low)) high = low + 1;
    // Half of all places lie above the middle shade, however steep the rim is.
    const middle = finite.sort()[finite.length >> 1] ?? low;
    const share = Math.min(0.7, Math.max(0.02, (middle - low) / (high - low)));
    const power = Math.log(0.5) / Math.log(share);
    const image = new ImageData(side, side);
    const [deep, top] = [rgb(colours["shade-full"]), rgb(colours.sheet)];
    const broken = rgb(colours.broken);
    for (let i = 0; i < side * side; i++) {
      const [column, row] = [i % side, side - 1 - Math.floor(i / side)];
      const value = map.data[row * side + column];
      const t = ((value - low) / (high - low)) ** power;
      for (let c = 0; c < 3; c++)
        image.data[4 * i + c] = Number.isFinite(t)
          ? deep[c] + (top[c] - deep[c]) * (0.32 + 0.68 * t)
          : broken[c];
      image.data[4 * i + 3] = Number.isFinite(t) ? 255 : 40;
    }
    const tile = document.createElement("canvas");
    Object.assign(tile, { width: side, height: side });
    /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d")).putImageData(image, 0, 0);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(tile, 0, 0, sheet.width, sheet.height);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.strokeStyle = colours["line-strong"];
    pen.lineWidth = 0.8;
    pen.globalAlpha = 0.75;
    pen.beginPath();
    for (let k = 1; k < lines; k++) {
      const level = low + (high - low) * (k / lines) ** (1 / power);
      for (const [a, b, c, d] of isolines(map.data, side, level)) {
        pen.moveTo((a / (side - 1)) * width, height - (b / (side - 1)) * height);
        pen.lineTo((c / (side - 1)) * width, height - (d / (side - 1)) * height);
      }
    }
    pen.stroke();
  }

  /** Small ticks with numbers, inside. @param {CanvasRenderingContext2D} pen @param {Colours} colours @param {string} font @param {number} width @param {number} height */
  function ruler(pen, colours, font, width, height) {
    pen.fillStyle = colours["ink-soft"];
    pen.strokeStyle = colours["ink-soft"];
    pen.font = `${small()}px ${font}`;
    pen.lineWidth = 1;
    pen.textAlign = "center";
    pen.textBaseline = "bottom";
    const step = window[1] - window[0] > 9 ? 2 : 1;
    for (let x = Math.ceil(window[0] / step) * step; x < window[1]; x += step) {
      pen.fillRect(Math.round(X(x)), height - 5, 1, 5);
      if (X(x) > 14 && X(x) < width - 14) pen.fillText(String(x).replace("-", "−"), X(x), height - 6);
    }
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    for (let y = Math.ceil(window[2] / step) * step; y < window[3]; y += step) {
      pen.fillRect(0, Math.round(Y(y)), 5, 1);
      if (Y(y) > 12 && Y(y) < height - 24) pen.fillText(String(y).replace("-", "−"), 8, Y(y));
    }
  }

  /** A cloud, or a density on cells. @param {CanvasRenderingContext2D} pen @param {Scene["frames"]} frames @param {number} lane @param {string} colour */
  function particles(pen, frames, lane, colour) {
    const heap = frames[`heap${lane + 1}`];
    if (heap?.shape[0] && frames.sheet) return density(pen, heap, frames.sheet, colour);
    const cloud = frames[lane ? `cloud${lane + 1}` : "cloud"];
    if (!cloud) return;
    const count = cloud.shape[0];
    const [wide, high] = size();
    if (count > most) return ink(pen, cloud, colour, wide, high);
    const radius = Math.min(2.6, Math.max(0.7, 2.2 * (1500 / count) ** 0.25));
    pen.fillStyle = colour;
    pen.globalAlpha = Math.min(0.8, Math.max(0.07, 22 / Math.sqrt(count)));
    const d = 2 * radius;
    const [x0, x1, y0, y1] = window;
    const [right, up] = [wide / (x1 - x0), high / (y1 - y0)];
    for (let i = 0; i < count; i++)
      pen.fillRect(
        (cloud.data[2 * i] - x0) * right - radius,
        (y1 - cloud.data[2 * i + 1]) * up - radius,
        d,
        d,
      );
    pen.globalAlpha = 1;
  }

  /** @param {CanvasRenderingContext2D} pen @param {Frame} heap @param {Frame} sheet where its cells lie @param {string} colour */
  function density(pen, heap, sheet, colour) {
    const side = heap.shape[0];
    Object.assign(cells, { width: side, height: side });
    const on = /** @type {CanvasRenderingContext2D} */ (cells.getContext("2d"));
    const image = on.createImageData(side, side);
    const [r, g, b] = rgb(colour);
    // As dark as a cloud of the same density.
    const dark = 0.07 * (window[1] - window[0]) * (window[3] - window[2]);
    for (let i = 0; i < side * side; i++) {
      const k = 4 * ((side - 1 - Math.floor(i / side)) * side + (i % side));
      image.data.set([r, g, b, Math.round(235 * (1 - Math.exp(-heap.data[i] * dark)))], k);
    }
    on.putImageData(image, 0, 0);
    const [x0, x1, y0, y1] = sheet.data;
    pen.imageSmoothingQuality = "high";
    pen.drawImage(cells, X(x0), Y(y1), X(x1) - X(x0), Y(y0) - Y(y1));
  }

  /** Many: counted on squares of two pixels, darker where there are more. @param {CanvasRenderingContext2D} pen @param {Frame} cloud @param {string} colour @param {number} wide @param {number} high */
  function ink(pen, cloud, colour, wide, high) {
    const [columns, rows] = [Math.ceil(wide / 2), Math.ceil(high / 2)];
    if (counts.width !== columns || counts.height !== rows)
      Object.assign(counts, { width: columns, height: rows });
    const [x0, x1, y0, y1] = window;
    const [right, up] = [columns / (x1 - x0), rows / (y1 - y0)];
    const sums = new Uint32Array(columns * rows);
    const all = cloud.shape[0];
    for (let i = 0; i < all; i++) {
      const column = Math.floor((cloud.data[2 * i] - x0) * right);
      const row = Math.floor((y1 - cloud.data[2 * i + 1]) * up);
      if (column >= 0 && column < columns && row >= 0 && row < rows) sums[row * columns + column]++;
    }
    const sheet = /** @type {CanvasRenderingContext2D} */ (counts.getContext("2d"));
    const image = sheet.createImageData(columns, rows);
    const words = new Uint32Array(image.data.buffer);
    const [r, g, b] = rgb(colour);
    const one = r | (g << 8) | (b << 16);
    // A cloud spread over a tenth of the picture is half dark.
    const dark = (0.07 * columns * rows) / all;
    for (let k = 0; k < sums.length; k++)
      if (sums[k]) words[k] = one | (Math.round(235 * (1 - Math.exp(-sums[k] * dark))) << 24);
    sheet.putImageData(image, 0, 0);
    pen.drawImage(counts, 0, 0, 2 * columns, 2 * rows);
  }

  return {
    back,
    /** Another lane, on a sheet as large as the first. @param {HTMLCanvasElement} on @param {Scene} scene @param {number} lane */
    beside(on, { frames, colours, font }, lane) {
      const { context: pen, width, height, ratio } = crisp(on);
      if (!frames.map || !width) return;
      ground(frames.map, colours, width, height, ratio);
      pen.clearRect(0, 0, width, height);
      pen.drawImage(sheet, 0, 0, width, height);
      ruler(pen, colours, font, width, height);
      particles(pen, frames, lane, colours[laneColours[lane]]);
    },
    /** @param {Scene} scene @param {"point" | "plane"} part @param {number} [lanes] how many there are */
    draw(scene, part, lanes = 1) {
      const { frames, values, colours, font } = scene;
      cloudy = part === "plane";
      const { context: pen, width, height, ratio } = crisp(canvas);
      if (!frames.map || !frames.window || !width) return;
      window = /** @type {[number, number, number, number]} */ (Array.from(frames.window.data));
      ground(frames.map, colours, width, height, ratio);
      pen.clearRect(0, 0, width, height);
      pen.drawImage(sheet, 0, 0, width, height);
      ruler(pen, colours, font, width, height);
      if (cloudy) {
        particles(pen, frames, 0, lanes > 1 ? colours["lane-1"] : colours.accent);
        // A plan is of where the cloud begins.
        if (!carried) strings(pen, scene, { X, Y });
      } else {
        charted(pen, scene, { X, Y }, window);
        ways(pen, scene, { X, Y });
      }
      const { x, y } = carried ?? values;
      grip.hidden = false;
      grip.style.left = `${X(x)}px`;
      grip.style.top = `${Y(y)}px`;
      const words = t("grip.start", { x: number(x), y: number(y) });
      if (grip.title !== words) {
        grip.title = words;
        grip.setAttribute("aria-label", words);
      }
    },
    /** What the picture says to whoever does not see it. @param {Scene} scene */
    said({ values, claim }) {
      const f = claim("f_value")?.value ?? null;
      const [dx, dy] = [claim("direction_x")?.value ?? null, claim("direction_y")?.value ?? null];
      return t("said.map", {
        x: number(values.x),
        y: number(values.y),
        f: f === null ? "?" : number(f),
        dx: dx === null ? "?" : number(dx),
        dy: dy === null ? "?" : number(dy),
      });
    },
    hide: () => void (grip.hidden = true),
    /** The sheet without its landscape, for a drawing tool. @param {[number, number, number, number]} shown @param {Colours} colours @param {string} font @param {(on: import("../../views/scatter.js").Sheet) => void} paint */
    lend(shown, colours, font, paint) {
      grip.hidden = true;
      window = shown;
      const { context: pen, width, height, ratio } = crisp(canvas);
      pen.clearRect(0, 0, width, height);
      ruler(pen, colours, font, width, height);
      paint({ context: pen, size: width, high: height, ratio, x: X, y: Y });
    },
    forget: () => void (of = null),
  };
}
