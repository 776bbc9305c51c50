// Prompts to pick from, for the shipped model and for each task of the toy.
/** @import { Experiment, Text } from "../../types.js" */

/** @typedef {{prompt: string | null, title?: Text}} Preset null is the lab's own prompt */

/** @type {Preset} */
const own = { prompt: null, title: { en: "The usual prompt", zh: "默认提示" } };

/** @type {Record<string, string[]>} */
const prompts = {
  shakespeare: [
    "JULIET:\n",
    "KING RICHARD III:\nNow is the winter of our discontent",
    "First Citizen:\nBefore we proceed any further, hear me speak.\n\nAll:\n",
    "To be, or not to be, that is the ",
    "GLOUCESTER:\nO GLOUCESTER, GLOUCESTER, GLOUC",
    "the cat and the dog and the cat and the d",
  ],
  tang: [
    "春江潮水连海平，",
    "两个黄鹂鸣翠柳，",
    "危楼高百尺，",
    "白日依山尽，黄河入海流。",
    "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。\n",
    "\n",
  ],
  induction: ["chailouchail", "brickhousebrickh", "abcdefghijabcdef", "zyxwvutsrqponmlkjihgfedcbazyxwvu"],
  copy: ["brick=", "window=", "qzxjkvwfpb="],
  reverse: ["brick<", "window<", "abcdefghij<"],
  sort: ["brick>", "window>", "zyxwvuts>"],
  brackets: ["(((>", "[({[({>", "(()[]{>"],
  addition: ["99+01=", "05+07=", "50+49="],
};

/** @param {Experiment["values"]} values @returns {Preset[]} */
export function presets({ model, task }) {
  const known = prompts[String(model === "toy" ? task : model)] ?? [];
  return [own, ...known.map((prompt) => ({ prompt }))];
}
