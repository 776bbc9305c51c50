// What a text of the visitor's own is asked for with.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "own.title": { en: "Your own text", zh: "你的文字" },
  "own.placeholder": { en: "Paste a poem, a page, a list of names …", zh: "贴一首诗、一页文章、一串名字……" },
  "own.hint": {
    en: "The model learns these characters, whatever the script.",
    zh: "模型就学这些字符，什么文字都行。",
  },
  "own.use": { en: "Train on this text", zh: "用这段文字训练" },
  "own.count": {
    en: "{n} of {most} characters, {alphabet} different",
    zh: "{n} / {most} 个字符，{alphabet} 种",
  },
  "own.count.rare": { en: "; the rarest become □", zh: "；最少见的换成 □" },
  "own.count.cut": {
    en: "{n} characters; the first {most} are used, {alphabet} different",
    zh: "{n} 个字符，只用前 {most} 个，{alphabet} 种",
  },
};
