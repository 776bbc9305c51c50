// What rolls, as a table: the ways, the densities or the cloud of the state shown.
import { reading } from "./fall.js";
import { geometries } from "./scene.js";
/** @import { State } from "../../ui/player.js" */

/** What the numbers of the frames stand for. @type {import("../../ui/tables.js").Columns} */
export const columns = {
  paths: ["way", "k", "axis", "place"],
  heights: ["way", "k", "f"],
  lanes: ["lane", "cell", "density"],
  cloud: ["x", "y"],
  ways: ["way", "particle", "axis", "place"],
};

/** @param {State} state */
export function table({ frames, experiment }) {
  const { paths, heights, lanes, grid, target, cloud, heap1, sheet, read, ways } = frames;
  const part = experiment?.values.part;
  if (part === "point" && paths && heights) {
    const length = paths.shape[1];
    const names = ["gradient", "flow", "proximal", "guest"];
    return [
      ["k", ...names.flatMap((name) => [`${name} x`, `${name} y`, `${name} f`])],
      ...Array.from({ length }, (_, k) => [
        k,
        ...names.flatMap((_, way) => {
          const i = way * length + k;
          return [paths.data[2 * i], paths.data[2 * i + 1], heights.data[i]];
        }),
      ]),
    ];
  }
  if (part === "line" && lanes && grid && target) {
    const [left, width, cells] = grid.data;
    return [
      ["x", "target", "lane 1", "lane 2", "lane 3", "lane 4"],
      ...Array.from({ length: cells }, (_, i) => [
        left + (i + 0.5) * width,
        target.data[i],
        ...[0, 1, 2, 3].map((lane) => lanes.data[lane * cells + i]),
      ]),
    ];
  }
  if (part === "bridge" && ways) {
    const names = ["flow", "reverse", "Langevin"];
    const count = ways.shape[1];
    return [
      names.flatMap((name) => [`${name} x`, `${name} y`]),
      ...Array.from({ length: count }, (_, i) =>
        names.flatMap((_, way) => [0, 1].map((axis) => ways.data[2 * (way * count + i) + axis])),
      ),
    ];
  }
  // Several lanes: what was read of each, state by state.
  if (part === "plane" && read && read.shape[0] > 1) {
    const [count, states] = read.shape;
    const chosen = geometries.map((key) => experiment?.values[key]).filter((value) => value !== "none");
    const names = ["F", "W2 at least", "mass", "mean x", "mean y", "variance x", "variance y"];
    const reached = Array.from({ length: states }, (_, k) => k).filter((k) => reading(read, 0, k));
    return [
      ["t", ...chosen.slice(0, count).flatMap((lane) => names.map((name) => `${lane} ${name}`))],
      ...reached.map((k) => [
        k * Number(experiment?.values.h),
        ...chosen.slice(0, count).flatMap((_, lane) => Object.values(reading(read, lane, k) ?? {})),
      ]),
    ];
  }
  if (part === "plane" && heap1?.shape[0] && sheet) {
    const side = heap1.shape[0];
    const [x0, x1, y0, y1] = sheet.data;
    return [
      ["x", "y", "density"],
      ...Array.from(heap1.data, (q, i) => [
        x0 + (((i % side) + 0.5) / side) * (x1 - x0),
        y0 + ((Math.floor(i / side) + 0.5) / side) * (y1 - y0),
        q,
      ]),
    ];
  }
  if (part === "plane" && cloud)
    return [
      ["x", "y"],
      ...Array.from({ length: cloud.shape[0] }, (_, i) => [cloud.data[2 * i], cloud.data[2 * i + 1]]),
    ];
  return null;
}
