// The words of the lab of flows, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "flow.title": { en: "What rolls downhill", zh: "谁在滚下坡" },
  "part.title": { en: "What rolls", zh: "什么在滚" },
  "time.hint": { en: "Time runs as it rolls down.", zh: "时间随着下坡流逝。" },
  "time.said": { en: "time {time}", zh: "时间 {time}" },
  "csv.save": { en: "Save the numbers as CSV", zh: "把数据存为 CSV" },

  "watch.point": {
    en: "Drag the start: three ways down part as soon as steps are long, and what is steepest depends on the ball.",
    zh: "拖动起点：步子一长，三条下坡路就分开；哪边最陡，取决于用哪个球。",
  },
  "watch.line": {
    en: "One start, one goal, and several meanings of near: each lane is another way down for the same density.",
    zh: "同一起点，同一目标，对“近”的理解不同：每条赛道都是同一密度的另一条下坡路。",
  },
  "watch.drawn": {
    en: "Draw a density on the picture. Let go, and everything flows towards what you drew.",
    zh: "在图上画一个密度。一松手，一切就流向你所画的。",
  },
  "watch.bridge": {
    en: "The landscape itself changes with time: three ways follow its slope from the same noise back to the data.",
    zh: "地形自己随时间变化：三条路沿着它的坡，从同一团噪声回到数据。",
  },
  "title.ode": { en: "The flow, without noise (DDIM)", zh: "无噪声的流（DDIM）" },
  "title.reverse": { en: "The reverse equation (DDPM)", zh: "反向随机方程（DDPM）" },
  "title.annealed": { en: "Langevin at each level", zh: "在每一级上做朗之万" },
  "key.score": { en: "slope ∇ ln p_t", zh: "坡度 ∇ ln p_t" },
  "key.data": { en: "data", zh: "数据" },
  "said.bridge": { en: "{n} particles, τ = {t} from the data.", zh: "{n} 个粒子，离数据 τ = {t}。" },
  "bridge.open": {
    en: "Open this in the lab of points: draw, train",
    zh: "到“平面上的扩散”里打开：画图、训练",
  },

  "draw.own": { en: "Draw your own", zh: "自己画" },
  "draw.again": { en: "Go on drawing", zh: "接着画" },
  "draw.title": { en: "Draw what it flows to", zh: "画它流向哪里" },
  "draw.sheet": {
    en: "The sheet to draw on. Without a pointer, type a word or take a ready-made shape.",
    zh: "画图的纸面。没有鼠标时，可以输入文字，或取一个现成的图形。",
  },
  "draw.hint": {
    en: "Spray with pointer or finger, or type a word. Your dots become the data, or the hollows of a landscape.",
    zh: "用鼠标或手指喷点，或输入文字。你的点会成为数据，或地形上的洼地。",
  },
  "draw.flow": { en: "Let it flow", zh: "让它流" },
  "draw.use": { en: "Only set it down", zh: "先放着" },

  "watch.plane": {
    en: "Each grain rolls down and is shaken; together they become the landscape’s own distribution, e^(−f/τ).",
    zh: "每一粒都往下滚，又被抖动；合在一起，成为地形自己的分布 e^(−f/τ)。",
  },

  "watch.particles": {
    en: "Nobody is shaken: each grain follows the slope of f + τ ln q, with q as the cloud itself tells it.",
    zh: "谁也不抖：每一粒沿 f + τ ln q 的坡走，q 由云自己估计。",
  },
  "watch.fisherrao": {
    en: "Nobody moves: who stands too high dies, who stands low has children. Where nobody stood, nobody will.",
    zh: "谁也不动：站得太高的死去，站得低的生育。没人站过的地方，永远没人。",
  },
  "watch.stein": {
    en: "Each grain is pulled by what all near it feel, and pushed away from them: a few stand for the whole law.",
    zh: "每一粒受邻近各粒所感的坡牵引，又被它们推开：寥寥几粒就能代表整个分布。",
  },

  "watch.wasserstein": {
    en: "The law of the shaken cloud itself, on a grid: mass moves through the faces of cells, and nobody is drawn by lot.",
    zh: "被抖动的云的分布本身，放在网格上：质量穿过格子的面搬运，不靠抽签。",
  },
  "watch.l2": {
    en: "Nothing moves: each height is lifted or lowered where it is, as if places did not know how far apart they are.",
    zh: "什么也不搬运：每处的高度就地升降，仿佛各处不知道彼此相距多远。",
  },
  "watch.sides": {
    en: "One start, one energy, one clock: several meanings of near, each another way down.",
    zh: "同一起点、同一能量、同一只钟：对“近”的几种理解，各是一条下坡路。",
  },
  "sides.open": { en: "Four geometries side by side", zh: "四种几何并排" },
  "sides.alone": { en: "One alone", zh: "只看一种" },
  "read.energy": { en: "F", zh: "F" },
  "read.w2": { en: "W₂ ≥", zh: "W₂ ≥" },
  "read.mass": { en: "mass", zh: "质量" },
  "read.variance": { en: "variance x, y", zh: "方差 x, y" },
  "title.fall": { en: "How far F is above rest: τ KL", zh: "F 比静止时高多少：τ KL" },
  "title.fall-plain": { en: "F = ∫ f q + τ ∫ q ln q, as it falls", zh: "F = ∫ f q + τ ∫ q ln q 怎样下降" },

  "title.map": { en: "Ways down, and which way is steepest", zh: "下坡的路，与最陡的方向" },
  "title.cloud": { en: "The cloud in the landscape", zh: "地形上的云" },
  "title.density": { en: "Densities on their way to the target", zh: "走向目标的密度" },
  "title.section": { en: "The next proximal step, in section", zh: "下一个近端步的剖面" },
  "title.heights": { en: "Height along each way", zh: "沿各条路的高度" },
  "title.falls": { en: "KL from the target, as it falls", zh: "与目标的 KL 怎样下降" },
  "title.jump": { en: "A proximal step of the whole density", zh: "整个密度的一个近端步" },
  "title.marginal-x": { en: "The cloud along x", zh: "云沿 x 的分布" },
  "title.marginal-y": { en: "The cloud along y", zh: "云沿 y 的分布" },

  "key.gradient": { en: "gradient descent", zh: "梯度下降" },
  "key.flow": { en: "exact flow", zh: "精确的流" },
  "key.proximal": { en: "proximal step", zh: "近端步" },
  "key.moved": { en: "the flow in the new parameters", zh: "新参数里的流" },
  "key.natural": {
    en: "natural gradient: in the old ones (broad) and the new ones (fine)",
    zh: "自然梯度：旧参数里（粗）与新参数里（细）",
  },
  "key.f": { en: "f", zh: "f" },
  "key.model": { en: "f + s²/2α: the proximal step rests in its valley", zh: "f + s²/2α：近端步停在谷底" },
  "key.believed": { en: "what gradient descent takes f for", zh: "梯度下降所以为的 f" },
  "key.target": { en: "target", zh: "目标" },
  "key.before": { en: "before", zh: "之前" },
  "key.after": { en: "after, along strings of equal mass", zh: "之后，沿等质量的弦" },
  "key.overshot": { en: "where the explicit step puts it", zh: "显式步把它放到哪里" },
  "key.now": { en: "now", zh: "此刻" },
  "key.rest": { en: "at rest: e^(−f/τ)", zh: "静止时：e^(−f/τ)" },
  "key.rate": { en: "the slowest rate, −2λ", zh: "最慢的速率 −2λ" },
  "key.strings": { en: "strings of the plan, from old to new", zh: "传输方案的弦，由旧到新" },
  "key.arrives": { en: "after a proximal step", zh: "一个近端步之后" },
  "falls.axis": { en: "KL", zh: "KL" },

  "grip.start": {
    en: "Start at x = {x}, y = {y}. Drag it, or use the arrow keys.",
    zh: "起点 x = {x}，y = {y}。可拖动，或用方向键。",
  },
  "grip.pen": {
    en: "Pen at x = {x}, height {h}. Draw with it; or arrow keys: left and right move it, up and down raise and lower the line there.",
    zh: "笔在 x = {x}，高 {h}。可用它画；或用方向键：左右移动笔，上下抬高或压低那里的线。",
  },
  "said.map": {
    en: "From ({x}, {y}) the guest comes to height {f}; the steepest step of length 1 there is ({dx}, {dy}).",
    zh: "从 ({x}, {y}) 出发，客人到达高度 {f}；那里长度为 1 的最陡一步是 ({dx}, {dy})。",
  },
  "said.density": { en: "Time {t}.", zh: "时刻 {t}。" },
  "said.cloud": { en: "{n} particles at time {t}.", zh: "{n} 个粒子，时刻 {t}。" },

  "formula.label": { en: "Your own landscape, f(x, y)", zh: "自己写的地形 f(x, y)" },
  "formula.potential": { en: "Your own potential, V(x)", zh: "自己写的势 V(x)" },
  "formula.hint.potential": {
    en: "The target is e^(−V). x, a (the condition number), + − × / ^, sin, cos, exp, ln, sqrt, tanh, abs.",
    zh: "目标是 e^(−V)。可用 x、a（条件数）、+ − × / ^、sin、cos、exp、ln、sqrt、tanh、abs。",
  },
  "formula.hint": {
    en: "x, y, a (the condition number), + − × / ^, sin, cos, exp, ln, sqrt, tanh, abs.",
    zh: "可用 x、y、a（条件数）、+ − × / ^、sin、cos、exp、ln、sqrt、tanh、abs。",
  },
};

/** @typedef {import("../../ui/i18n.js").Words<import("../../ui/i18n.js").PageKey | keyof typeof strings>} Words */
