// The words of the lab in the plane, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "flow.open": { en: "See it as a way downhill", zh: "把它看成下坡的路" },
  "time.hint": { en: "Press play to watch the points scatter and gather.", zh: "按播放，看点散开又聚拢。" },
  "time.scattering": { en: "scattering", zh: "打散" },
  "time.gathering": { en: "gathering", zh: "聚拢" },
  "time.noise": { en: "noise", zh: "噪声" },

  "plane.view": { en: "View of the plane", zh: "平面上看什么" },
  "plane.view.particles": { en: "Particles", zh: "粒子" },
  "plane.view.trajectories": { en: "Trajectories", zh: "轨迹" },
  "plane.view.density": { en: "Density", zh: "密度" },
  "plane.view.field": { en: "Score field", zh: "分数场" },
  "plane.view.error": { en: "Error", zh: "误差" },
  "plane.key.particles": { en: "particles", zh: "粒子" },
  "plane.key.data": { en: "data", zh: "数据" },
  "plane.key.dark": { en: "data", zh: "数据" },
  "plane.key.density": { en: "exact density", zh: "精确密度" },
  "plane.key.probe": { en: "one start, this sampler", zh: "同一起点，此采样器" },
  "plane.key.rival": { en: "the same start, its rival", zh: "同一起点，对手" },
  "plane.key.exact": { en: "exact score", zh: "精确分数" },
  "plane.key.learned": { en: "this denoiser’s score", zh: "当前去噪器的分数" },
  "plane.key.error": { en: "learned ε̂ − exact ε̂: none to 1 or more", zh: "学到的 ε̂ − 精确的 ε̂：0 到 1 以上" },
  "plane.said": {
    en: "{n} particles at step {at} of {length}, t = {t}; spread {sx} by {sy}",
    zh: "{n} 个粒子，第 {at} 步，共 {length} 步，t = {t}；展宽 {sx} × {sy}",
  },
  "plane.outside": { en: "; {n} outside this plane", zh: "；{n} 个在平面之外" },
  "probe.label": {
    en: "Start point of the probe at {x}, {y}. Drag it, or use the arrow keys.",
    zh: "探针的起点，在 {x}, {y}。可拖动，或用方向键。",
  },
  "centre.label": {
    en: "Centre {n} at {x}, {y}. Drag it, or use the arrow keys; Delete takes it away. A click on the empty plane adds one.",
    zh: "中心 {n}，在 {x}, {y}。可拖动，或用方向键；Delete 删除。点平面空白处可添一个。",
  },

  "draw.own": { en: "Draw your own", zh: "自己画" },
  "draw.title": { en: "Draw your own data", zh: "画你自己的数据" },
  "draw.sheet": {
    en: "The sheet to draw on. Without a pointer, type a word or take a ready-made shape.",
    zh: "画布。没有指针设备时，可以打字或选现成的形状。",
  },
  "draw.hint": {
    en: "Spray on the plane with pointer or finger, or type a word. What you draw becomes the data; the network has only your dots to learn from.",
    zh: "用鼠标或手指在平面上喷，或打几个字。画下的就是数据：网络只能从你的点里学。",
  },
  "draw.train": { en: "Train on it", zh: "用它训练" },
  "draw.use": { en: "Use without training", zh: "只用不训练" },
  "draw.again": { en: "Go on drawing", zh: "接着画" },

  "train.title": { en: "Denoiser", zh: "去噪器" },
  "train.denoiser": { en: "Which denoiser moves the particles", zh: "由哪个去噪器推动粒子" },
  "train.exact": { en: "exact", zh: "精确" },
  "train.learned": { en: "learned", zh: "学来的" },
  "train.eta.good": {
    en: "about {time} to step {n}, where shapes are plain",
    zh: "约 {time} 到第 {n} 步，那时形状已分明",
  },
  "train.eta.link": { en: "about {time} to the link’s step {n}", zh: "约 {time} 到链接所记的第 {n} 步" },
  "train.seconds": { en: "{n} s", zh: "{n} 秒" },
  "train.minutes": { en: "{n} min", zh: "{n} 分钟" },
  "train.hint": { en: "A small network, trained here, from nothing.", zh: "一个小网络，就在此处从零训练。" },
  "train.loss": {
    en: "Loss curve up to training step {n}, now {loss}",
    zh: "{n} 步训练的损失曲线，当前 {loss}",
  },

  "meter.distance": { en: "Distance to fresh data (sliced W2)", zh: "到新数据的距离（切片 W2）" },
  "meter.w2": {
    en: "W₂: how far points have to be carried, seen from many directions, to lie as fresh data does.",
    zh: "W₂：从许多方向看，要把点搬多远，才能和新数据排得一样。",
  },
  "meter.copied": {
    en: "How many land almost on a point of the training data instead of between them.",
    zh: "有多少点几乎落在训练数据上，而不是落在它们之间。",
  },
  "meter.near": { en: "nothing between them", zh: "毫无差别" },
  "meter.far": { en: "{n} times what is allowed", zh: "容许值的 {n} 倍" },
  "meter.of": { en: "{value}, allowed {allowed}", zh: "{value}，容许 {allowed}" },
  "meter.title": { en: "Memorised", zh: "背下来的比例" },
  "meter.new": { en: "generalises", zh: "举一反三" },
  "meter.copies": { en: "copies its data", zh: "照抄数据" },
  "meter.later": { en: "Measured when training pauses.", zh: "训练暂停时测。" },
  "meter.none": { en: "Go to the end of the timeline to measure it.", zh: "走到时间轴末尾才能测。" },
  "race.quality.points": {
    en: "Distance to fresh data (sliced W2), lower is better",
    zh: "到新数据的距离（切片 W2），越低越好",
  },
};

/** @typedef {import("../../ui/i18n.js").Words<import("../../ui/i18n.js").PageKey | keyof typeof strings>} Words */
