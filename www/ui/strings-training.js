// The words of whatever is trained in the tab, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "train.start": { en: "Train", zh: "训练" },
  "train.on": { en: "Train on", zh: "接着训练" },
  "train.pause": { en: "Pause training", zh: "暂停训练" },
  "train.more": { en: "Train {n} more", zh: "再训练 {n} 步" },
  "train.rewind": { en: "Rewind", zh: "从头来" },
  "train.steps": { en: "training steps: {n}", zh: "训练步数：{n}" },
  "train.rate": { en: "{n} steps a second", zh: "每秒 {n} 步" },
  "train.loss.none": {
    en: "The loss curve will be here once training begins.",
    zh: "开始训练后，损失曲线画在这里。",
  },
  "train.diverged": { en: "Training stopped: {why}", zh: "训练停了：{why}" },
  "train.slower": { en: "Start again with learning rate {rate}", zh: "用学习率 {rate} 重新开始" },
};
