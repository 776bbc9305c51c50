// The model's card: its json laid out as a table a person can read.
import { crossButton, fill, h } from "./dom.js";
import { number } from "./format.js";

/** What a reader asks first; the rest follows in the file's own order. */
const first = ["name", "what", "metrics", "data", "licence"];

/** @param {Record<string, any>} card */
export const ordered = (card) =>
  Object.fromEntries(
    [...first, ...Object.keys(card)]
      .filter((key) => (card[key] ?? null) !== null)
      .map((key) => [key, card[key]]),
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
    en: "Fréchet distance of samples to held-out digits, over that of training digits (at most 1.3 wanted)",
    zh: "样本与留出数字的 Fréchet 距离，除以训练数字的同一距离（要求不超过 1.3）",
  },
  "metrics · frechet": {
    en: "Fréchet distance of 1,000 samples to held-out digits, 20 principal components",
    zh: "1000 个样本与留出数字的 Fréchet 距离（前 20 个主成分）",
  },
  "metrics · frechet of training": { en: "the same of real training digits", zh: "真实训练数字的同一距离" },
  "metrics · read as label": {
    en: "share of samples that a nearest-neighbour reader reads as ordered (at least 0.97 wanted)",
    zh: "样本被最近邻读者认作所要数字的比例（要求至少 0.97）",
  },
  "metrics · held out read as label": {
    en: "the same of real held-out digits",
    zh: "真实留出数字的同一比例",
  },
  "metrics · nearest ratio": {
    en: "mean distance of samples to the nearest training digit, over that of held-out digits (at least 0.9 wanted: it does not copy)",
    zh: "样本到最近训练数字的平均距离，除以留出数字的同一距离（要求至少 0.9：没有照抄）",
  },
  "metrics · training nearest ratio": {
    en: "the same of training digits among themselves",
    zh: "训练数字彼此之间的同一比值",
  },
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
  loss: { en: "training loss at the end", zh: "训练结束时的损失" },
  machine: { en: "trained on", zh: "训练机器" },
  parameters: { en: "parameters", zh: "参数量" },
  schedule: { en: "trained with the schedule", zh: "训练用的噪声表" },
  seconds: { en: "training time in seconds", zh: "训练时间（秒）" },
  seed: { en: "seed of the training", zh: "训练种子" },
  steps: { en: "training steps", zh: "训练步数" },
};

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
      const answer = await fetch(new URL(`../models/${model}.json`, import.meta.url));
      if (!answer.ok) throw new Error(String(answer.status));
      const row = (/** @type {[string, string]} */ [name, text]) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, meanings[name] ? pick(meanings[name]) : name),
          h(
            "td",
            {},
            /^https?:/.test(text)
              ? h("a", { href: text, target: "_blank", rel: "noopener noreferrer" }, text)
              : text,
          ),
        );
      fill(body, h("table", {}, h("tbody", {}, flatten(ordered(await answer.json())).map(row))));
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
