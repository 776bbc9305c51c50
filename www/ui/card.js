// The model's card: its json laid out as a table a person can read.
import { crossButton, fill, h } from "./dom.js";
import { number } from "./format.js";

/** Where the card of a model lies, which may be in a folder: the build finds every file that fits. @param {string} model */
function cardOf(model) {
  const [folder, file] = model.split("/");
  return file === undefined
    ? new URL(`../models/${folder}.json`, import.meta.url)
    : new URL(`../models/${folder}/${file}.json`, import.meta.url);
}

/** What a reader asks first; the rest follows in the file's own order. */
const first = ["name", "what", "metrics", "data", "licence"];

/** What is wanted stands with what is measured. @param {Record<string, any>} card */
export const ordered = (card) =>
  Object.fromEntries(
    [...first, ...Object.keys(card)]
      .filter((key) => (card[key] ?? null) !== null)
      .map((key) => [key, key === "metrics" ? { ...card[key], wanted: {} } : card[key]]),
  );

/** Nested keys become "data · licence". @param {any} value @param {string} [path] @returns {[string, string][]} */
export function flatten(value, path = "") {
  if (value === null || typeof value !== "object")
    return [[path, typeof value === "number" ? number(value, 5) : String(value)]];
  if (Array.isArray(value) && value.every((item) => typeof item !== "object"))
    return [[path, value.join(", ")]];
  return Object.entries(value).flatMap(([key, item]) =>
    flatten(item, `${path}${path && " · "}${key.replaceAll("_", " ")}`),
  );
}

/** What the measures and the main entries mean; other entries keep the file's own names. @type {Record<string, import("../types.js").Text>} */
const meanings = {
  name: { en: "name", zh: "名称" },
  what: { en: "what it does", zh: "用途" },
  "metrics · frechet ratio": {
    en: "Fréchet distance of samples to held-out pictures, over that of other real ones (at most {frechet_ratio} wanted)",
    zh: "样本与留出图片的 Fréchet 距离，除以其他真实图片的同一距离（要求不超过 {frechet_ratio}）",
  },
  "metrics · frechet": {
    en: "Fréchet distance of {samples} samples to held-out pictures, {components} principal components",
    zh: "{samples} 个样本与留出图片的 Fréchet 距离（前 {components} 个主成分）",
  },
  "metrics · frechet of real": {
    en: "the same of {real} other real pictures (mean of {real_sets})",
    zh: "另外 {real} 张真实图片的同一距离（{real_sets} 组的平均）",
  },
  "metrics · frechet of real deviation": {
    en: "by how much sets of real pictures differ (standard deviation)",
    zh: "各组真实图片之间的差别（标准差）",
  },
  "metrics · frechet share": {
    en: "Fréchet distance as a share of the variance of held-out pictures",
    zh: "Fréchet 距离占留出图片方差的比例",
  },
  "metrics · components": { en: "principal components", zh: "主成分个数" },
  "metrics · real": { en: "real pictures a set", zh: "每组真实图片数" },
  "metrics · real sets": { en: "sets of real pictures", zh: "真实图片的组数" },
  "metrics · read as label": {
    en: "share of samples that a nearest-neighbour reader reads as ordered (at least {read_as_label} wanted)",
    zh: "样本被最近邻读者认作所要类别的比例（要求至少 {read_as_label}）",
  },
  "metrics · held out read as label": {
    en: "the same of real held-out pictures",
    zh: "真实留出图片的同一比例",
  },
  "metrics · nearest ratio": {
    en: "mean distance of samples to the nearest training picture, over that of held-out ones (at least {nearest_ratio} wanted: it does not copy)",
    zh: "样本到最近训练图片的平均距离，除以留出图片的同一距离（要求至少 {nearest_ratio}：没有照抄）",
  },
  "metrics · training nearest ratio": {
    en: "the same of training pictures among themselves",
    zh: "训练图片彼此之间的同一比值",
  },
  "metrics · validation loss": { en: "loss on text that training never saw", zh: "在未学过的文字上的损失" },
  "metrics · training loss": { en: "loss on the training text", zh: "在训练文字上的损失" },
  "metrics · unit": { en: "unit of the loss", zh: "损失的单位" },
  "metrics · temperature": { en: "measured at temperature", zh: "测量时的温度" },
  "metrics · keep form": {
    en: "share of {samples} poems that keep the form: lines, their lengths, punctuation (at least {keep_form} wanted)",
    zh: "{samples} 首诗中格式不失的比例：句数、字数、标点（要求至少 {keep_form}）",
  },
  "metrics · different": { en: "share of poems unlike any other", zh: "与其余都不同的比例" },
  "metrics · shared run": {
    en: "longest run of characters shared with a training poem, on average",
    zh: "与训练诗共有的最长连续字数，平均",
  },
  "metrics · longest shared run": { en: "the longest of all", zh: "其中最长的" },
  "metrics · held out shared run": {
    en: "the same of held-out poems, on average",
    zh: "留出诗的同一数，平均",
  },
  "metrics · held out longest shared run": { en: "the longest of these", zh: "其中最长的" },
  "metrics · guidance": { en: "measured with guidance w", zh: "测量时的引导强度 w" },
  "metrics · sampler": { en: "measured with sampler", zh: "测量时的采样器" },
  "metrics · samples": { en: "samples measured", zh: "测量的样本数" },
  "metrics · steps": { en: "steps a sample", zh: "每个样本的步数" },
  "metrics · seed": { en: "seed of the measurement", zh: "测量用的种子" },
  "data · name": { en: "data", zh: "数据" },
  "data · licence": { en: "licence of the data", zh: "数据许可" },
  "data · pictures": { en: "pictures learnt from", zh: "用于训练的图" },
  "data · source": { en: "source of the data", zh: "数据来源" },
  licence: { en: "licence of the model", zh: "模型许可" },
  bytes: { en: "size in bytes", zh: "文件大小（字节）" },
  command: { en: "made by", zh: "训练命令" },
  "held out loss": { en: "the same loss on held-out pictures", zh: "留出图片上的同一损失" },
  loss: { en: "training loss at the end", zh: "训练结束时的损失" },
  machine: { en: "trained on", zh: "训练机器" },
  parameters: { en: "parameters", zh: "参数量" },
  schedule: { en: "trained with the schedule", zh: "训练用的噪声表" },
  seconds: { en: "training time in seconds", zh: "训练时间（秒）" },
  seed: { en: "seed of the training", zh: "训练种子" },
  steps: { en: "training steps", zh: "训练步数" },
};

/** What `name` means, with the numbers of the card in its holes. @param {import("../types.js").Text} meaning @param {Record<string, any>} card @returns {import("../types.js").Text} */
export function meant(meaning, { metrics }) {
  const numbers = { ...metrics, ...metrics?.wanted };
  const told = (/** @type {string} */ text) =>
    text.replace(/\{(\w+)\}/g, (_, key) => (key in numbers ? number(numbers[key], 5) : "?"));
  return { en: told(meaning.en), zh: told(meaning.zh) };
}

/** @param {import("./i18n.js").Words} words */
export function modelCard({ t, pick }) {
  const body = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-labelledby": "card-title" });
  const dialog = h(
    "dialog",
    { class: "dialog card", "aria-labelledby": "card-title" },
    h(
      "header",
      {},
      h("h2", { id: "card-title" }, t("card.title")),
      crossButton(t("close"), () => void dialog.close()),
    ),
    body,
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

  /** @param {string} model */
  async function open(model) {
    if (!dialog.open) dialog.showModal();
    try {
      const answer = await fetch(cardOf(model));
      if (!answer.ok) throw new Error(String(answer.status));
      const card = await answer.json();
      const row = (/** @type {[string, string]} */ [name, text]) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, meanings[name] ? pick(meant(meanings[name], card)) : name),
          h(
            "td",
            {},
            /^https?:/.test(text)
              ? h("a", { href: text, target: "_blank", rel: "noopener noreferrer" }, text)
              : text,
          ),
        );
      fill(body, h("table", {}, h("tbody", {}, flatten(ordered(card)).map(row))));
    } catch {
      fill(
        body,
        h(
          "p",
          {},
          t("card.failed"),
          " ",
          h("button", { type: "button", class: "quiet", onclick: () => open(model) }, t("problem.retry")),
        ),
      );
    }
  }
  return { element: dialog, open };
}
