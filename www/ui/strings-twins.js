// The words of networks that differ in one thing and are trained side by side, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "twins.begin": { en: "Train the twins", zh: "训练双胞胎" },
  "twins.seed": { en: "seed {n} of {seeds}", zh: "第 {n} 个种子，共 {seeds} 个" },
  "twins.ready": { en: "{n} of {seeds} seeds trained", zh: "{seeds} 个种子训练完 {n} 个" },
  "twins.left": { en: "about {time} left", zh: "约剩 {time}" },
  "twins.seconds": { en: "{n} s", zh: "{n} 秒" },
  "twins.minutes": { en: "{n} min", zh: "{n} 分钟" },
  "twins.losses": { en: "Held-out loss while they learn", zh: "学习过程中的留出损失" },
  "twins.differences": {
    en: "Difference in held-out loss, seed by seed",
    zh: "各种子上留出损失之差",
  },
  "twins.step": { en: "step", zh: "步" },
  "twins.less": { en: "{b} less {a}", zh: "{b} 减 {a}" },
  "twins.mean": { en: "mean, with its interval of 95 %", zh: "均值及其 95 % 区间" },
  "twins.empty": {
    en: "The curves will be here once training begins.",
    zh: "开始训练后，曲线画在这里。",
  },
  "twins.empty.pairs": {
    en: "A dot a seed, once its twins are trained to the end.",
    zh: "每训练完一个种子，这里多一个点。",
  },
  "twins.few": {
    en: "{n} of the three seeds that a verdict needs are trained. So far {b} less {a} is {mean} in held-out loss.",
    zh: "下结论至少要三个种子，已训练完 {n} 个。目前留出损失 {b} 减 {a} 为 {mean}。",
  },
  "twins.none": {
    en: "No difference to be seen: {b} less {a} is {mean} ± {half} in held-out loss ({n} seeds, paired t test, p = {p}).",
    zh: "看不出差别：留出损失 {b} 减 {a} 为 {mean} ± {half}（{n} 个种子，配对 t 检验，p = {p}）。",
  },
  "twins.better": {
    en: "{who} is left with less loss: {b} less {a} is {mean} ± {half} ({n} seeds, paired t test, p = {p}).",
    zh: "{who}剩下的损失更小：{b} 减 {a} 为 {mean} ± {half}（{n} 个种子，配对 t 检验，p = {p}）。",
  },
  "twins.said.losses": {
    en: "Held-out loss of {all} after {n} steps of all twins.",
    zh: "多胞胎共训练 {n} 步后的留出损失：{all}。",
  },
};
