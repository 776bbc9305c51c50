// The words of whatever is trained in the tab, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "train.home": { en: "Take the network home", zh: "把网络带回去" },
  "train.start": { en: "Train", zh: "训练" },
  "train.on": { en: "Train on", zh: "接着训练" },
  "train.ended": { en: "Trained", zh: "已训练完" },
  "train.pause": { en: "Pause training", zh: "暂停训练" },
  "train.more": { en: "Train {n} more", zh: "再训练 {n} 步" },
  "train.rewind": { en: "Rewind", zh: "从头来" },
  "train.steps": { en: "training steps: {n}", zh: "训练步数：{n}" },
  "train.rate": { en: "{n} steps a second", zh: "每秒 {n} 步" },
  "train.loss.none": {
    en: "The loss curve will be here once training begins.",
    zh: "开始训练后，损失曲线画在这里。",
  },
  "train.tale.replay": {
    en: "The network of this link has learned for {total} steps. It learns them again here: {n} so far.",
    zh: "这个链接里的网络训练过 {total} 步，正在这里重新训练：已有 {n} 步。",
  },
  "train.tale.missing": {
    en: "{left} of the {total} steps that the link speaks of are missing: this is not yet the picture that was shared.",
    zh: "链接所说的 {total} 步还差 {left} 步：现在还不是分享时的图。",
  },
  "train.tale.recalled": {
    en: "This browser remembered the network that you trained here: {n} steps.",
    zh: "浏览器记得你在这里训练过的网络：{n} 步。",
  },
  "train.reply.replay": { en: "Skip", zh: "跳过" },
  "train.reply.missing": { en: "Train the rest", zh: "训练剩下的" },
  "train.reply.recalled": { en: "Start fresh", zh: "从头开始" },
  "train.diverged": { en: "Training stopped: {why}", zh: "训练停了：{why}" },
  "broke.title": { en: "It broke. Here is where:", zh: "它垮了。看看垮在哪里：" },
  "broke.forward": {
    en: "{who}, step {step}, on the way forward: the first number that is not finite is {value}, in {place}.",
    zh: "{who}，第 {step} 步，前向：第一个不再有限的数是 {value}，位于{place}。",
  },
  "broke.backward": {
    en: "{who}, step {step}, on the way back: the first slope that is not finite is {value}, at {place}.",
    zh: "{who}，第 {step} 步，反向：第一个不再有限的梯度是 {value}，位于{place}。",
  },
  "broke.somewhere": { en: "{who}: a number is not finite any more.", zh: "{who}：某个数不再有限。" },
  "broke.back": {
    en: "The run stands where all was well again, at step {n}. Repair it, one press:",
    zh: "训练已退回到一切正常的第 {n} 步。按一下即可修复：",
  },
  "broke.network": { en: "The network", zh: "这个网络" },
  "train.slower": { en: "Start again with learning rate {rate}", zh: "用学习率 {rate} 重新开始" },
};
