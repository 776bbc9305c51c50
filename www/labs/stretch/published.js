// Numbers that others have printed, as they printed them: none of them was measured here.

/** @import { Colours } from "../../views/palette.js" */

/** The article's accuracy in per cent, by the length of the text: https://kexue.fm/archives/9577. */
export const lengths = [512, 1024, 2048, 4096];
export const article = /** @type {const} */ ({
  without: [52.37, 33.15, 22.85, 17.87],
  with: [52.75, 50.99, 45.25, 39.55],
});

/** Later results of its author, from 512 tokens to 4,096 that do not repeat, as his series on length extrapolation prints them; the way
 * that they take is told in https://kexue.fm/archives/9948. One number is printed in two ways.
 * @type {readonly {name: string, from: number, to: number, also?: number, colour: keyof Colours}[]} */
export const later = [
  { name: "HWFA", from: 48.7, to: 48.15, colour: "lane-1" },
  { name: "CosA-log n", from: 49.67, to: 48.95, also: 48.39, colour: "lane-2" },
  { name: "ReRoPE", from: 49.41, to: 47.82, colour: "lane-4" },
  { name: "KeyNorm", from: 49.6, to: 47.69, colour: "lane-3" },
  { name: "YaRN", from: 49.41, to: 47.45, colour: "lane-6" },
  { name: "RoPE", from: 49.41, to: 23.16, colour: "ink-soft" },
];
