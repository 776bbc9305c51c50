// The words of the ant's lab, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "tools.title": { en: "What the ant does", zh: "蚂蚁做什么" },
  "tool.geodesic": {
    en: "The ant walks straight ahead and never turns: that is a straight line here. The blue arrow it carries started along the first coordinate. The blue line is its shortest way to the square.",
    zh: "蚂蚁一直向前、从不转弯：这就是此处的直线。它带着的蓝箭头，出发时指向第一个坐标的方向。蓝线是它到方块的最短路。",
  },
  "tool.fan": {
    en: "Straight lines in all directions, with marks at equal lengths: the exponential map. Where K is positive they close up again, where it is negative they flee.",
    zh: "向四面八方的直线，等长处连成圈：指数映射。K 为正处直线重新聚拢，K 为负处四散而去。",
  },
  "tool.loop": {
    en: "An arrow is carried round and never turned by hand. It comes back turned all the same, the thick arrow against the thin one, by exactly the curvature inside the loop.",
    zh: "带着箭头走一圈，手从不转它。回来时它还是转了（粗箭头对细箭头），转角恰是圈内的总曲率。",
  },
  "tool.triangle": {
    en: "Three straight sides of equal length. What its angles have more than 180° is the curvature inside.",
    zh: "三条等长的直边。内角和超出 180° 的部分，就是里面的曲率。",
  },
  "tool.circle": {
    en: "All places at one distance. A circumference short of 2πr tells the ant that its world is curved.",
    zh: "与蚂蚁等距的所有地方。周长比 2πr 短，蚂蚁就知道世界是弯的。",
  },
  "tool.orbit": {
    en: "The wide band is a body that Newton’s force pulls; the thin line only goes straight ahead in the metric (E − U) g. They are the same curve.",
    zh: "宽带是受牛顿引力牵引的物体；细线只是在度规 (E − U) g 中一直向前。它们是同一条曲线。",
  },
  "tool.region": {
    en: "Drag the corners: curvature inside, bending of the edge and turning at the corners always add up to 2πχ: 2π for a disc, 0 for a ring.",
    zh: "拖动顶点：内部的曲率、边的弯曲、角的转向，三者之和总是 2πχ：圆盘是 2π，挖了洞的环是 0。",
  },
  "tool.gradient": {
    en: "From the ant’s Gaussian to the square’s, downhill in KL. Green: the natural gradient, measured with Fisher’s metric. Orange: the ordinary one in (μ, σ), dashed in (μ, ln σ). Dotted blue: the geodesic. Only the green path does not care what you call σ.",
    zh: "从蚂蚁处的高斯分布到方块处的，沿 KL 下降。绿：自然梯度，用 Fisher 度规量。橙：(μ, σ) 下的普通梯度，虚线是 (μ, ln σ) 下的。蓝点线：测地线。只有绿线不在乎 σ 怎样写。",
  },
  "gradient.none": {
    en: "There are no Gaussians on this sheet: the natural gradient needs Fisher’s half-plane.",
    zh: "这张面上没有高斯分布：自然梯度要在 Fisher 半平面上看。",
  },
  "gradient.fisher": { en: "To Fisher’s half-plane", zh: "去 Fisher 半平面" },
  "hole.cut": { en: "Cut a hole", zh: "挖一个洞" },
  "hole.close": { en: "Close the hole", zh: "补上洞" },
  "orbit.none": {
    en: "This sheet is no mechanics, or the walk leaves it: an orbit needs ds² = f (dx² + dy²), as Kepler’s has.",
    zh: "这张面不对应力学，或路线走出了图：轨道需要 ds² = f (dx² + dy²)，例如开普勒的。",
  },
  "orbit.kepler": { en: "To Kepler’s orbit", zh: "去看开普勒轨道" },
  "insight.title": { en: "What is measured", zh: "量到了什么" },
  "insight.ratio": { en: "Turn over area", zh: "转角除以面积" },
  "chart.geodesic": {
    en: "How wide two neighbouring straight lines are apart; dashed: sin s, s, sinh s",
    zh: "相邻两条直线相距多远；虚线：sin s、s、sinh s",
  },
  "chart.fan": {
    en: "How wide the fan is; dashed: sin s, s, sinh s",
    zh: "扇形有多宽；虚线：sin s、s、sinh s",
  },
  "chart.circle": {
    en: "K by three instruments against their size: circumference (orange), triangle (green), carried arrow (blue)",
    zh: "三种仪器在不同大小下量出的 K：周长（橙）、三角形（绿）、平移的箭头（蓝）",
  },
  "chart.bells": {
    en: "One Gaussian becomes the other as the ant walks: along Fisher’s straight line (black), and as sand is moved (dashed)",
    zh: "随着蚂蚁走动，一个高斯分布变成另一个：沿 Fisher 直线（黑），或如搬沙（虚线）",
  },
  "chart.gradient": {
    en: "What is left of KL on the way, in powers of ten; each flow by its own clock",
    zh: "途中还剩多少 KL，按 10 的幂次；两条流各用自己的钟",
  },
  "chart.label": { en: "The chart of the sheet: {name}.", zh: "曲面的图：{name}。" },
  "space.label": {
    en: "The surface seen from outside. Drag it, or use the arrow keys, to turn it.",
    zh: "从外面看到的曲面。拖动或用方向键来转动。",
  },
  "space.hint": {
    en: "From outside. Drag to turn it, or drag the ant; the ant cannot see this.",
    zh: "从外面看。拖动可转，也可拖蚂蚁；蚂蚁看不到这一幕。",
  },
  "said.where": {
    en: "s = {s}; the ant is at ({u}, {v}), where K = {k}.",
    zh: "s = {s}；蚂蚁在 ({u}, {v})，此处 K = {k}。",
  },
  "said.conjugate": {
    en: "Its neighbours met at s = {s}: from there on this is no shortest way.",
    zh: "它与邻居在 s = {s} 相遇：此后就不再是最短路。",
  },
  "grip.ant": {
    en: "The ant’s start at {u}, {v}. Drag it, or use the arrow keys.",
    zh: "蚂蚁的起点，在 {u}, {v}。可拖动，或用方向键。",
  },
  "grip.heading": {
    en: "The ant’s heading, {angle} rad. Drag it round, or use the arrow keys.",
    zh: "蚂蚁的方向，{angle} 弧度。可绕着拖动，或用方向键。",
  },
  "grip.second": {
    en: "The second point at {u}, {v}. Drag it, or use the arrow keys.",
    zh: "第二点，在 {u}, {v}。可拖动，或用方向键。",
  },
  "grip.corner": {
    en: "Corner {n} at {u}, {v}. Drag it, or use the arrow keys; Delete takes it away. A click on the empty sheet adds one.",
    zh: "第 {n} 个顶点，在 {u}, {v}。可拖动，或用方向键；Delete 删除。点空白处可添一个。",
  },
  "grip.brush": {
    en: "Brush at {u}, {v}. Drag it, or use the arrow keys; Enter paints there.",
    zh: "画笔在 {u}, {v}。可拖动，或用方向键移动，回车涂一下。",
  },
  "connection.title": { en: "Γ and K where the ant starts", zh: "起点处的 Γ 与 K" },
  "loop.draw": { en: "Draw your own loop", zh: "自己画回路" },
  "loop.add": { en: "Add a corner", zh: "添一个顶点" },
  "loop.shrink": { en: "Shrink", zh: "缩小" },
  "loop.grow": { en: "Grow", zh: "放大" },
  "loop.clear": { en: "Clear", zh: "清除" },
  "paint.hot": { en: "Paint hot", zh: "涂热" },
  "paint.cold": { en: "Paint cold", zh: "涂冷" },
  "paint.clear": { en: "Cool down", zh: "全部恢复" },
  "formula.label": { en: "Formula of {name}", zh: "{name} 的公式" },
  "formula.hint": {
    en: "In u, v and the sliders a, b: 2u, sin u, u², pi, exp, sqrt …",
    zh: "可用 u、v 与滑块 a、b：2u、sin u、u²、pi、exp、sqrt……",
  },
  "time.hint": { en: "Press play: the ant walks.", zh: "按播放，蚂蚁就走。" },
  "time.said": { en: "The ant has walked {s}.", zh: "蚂蚁走了 {s}。" },
  "chart.name": { en: "the chart", zh: "坐标图" },
  "space.name": { en: "the surface from outside", zh: "从外面看的曲面" },
  "csv.save": { en: "Save the walk as CSV", zh: "把路线存为 CSV" },
};

/** @typedef {import("../../ui/i18n.js").Words<import("../../ui/i18n.js").PageKey | keyof typeof strings>} Words */
