// The words of the lab of buildings, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "time.hint": { en: "Press play to watch it fall and rise.", zh: "按播放，看它倒下又立起。" },
  "stage.x": { en: "what stands", zh: "现状" },
  "stage.x0": { en: "the building the model believes in", zh: "模型心目中的楼" },
  "stage.eps": { en: "the rubble it sees", zh: "模型看到的瓦砾" },
  "stage.seen": {
    en: "Sample {sample} of {samples} at t = {t}: {building} building, {rubble} rubble",
    zh: "第 {sample} 个样本（共 {samples} 个），t = {t}：楼 {building}，瓦砾 {rubble}",
  },
  "stage.belief": {
    en: "The finished picture the model predicts for sample {sample}",
    zh: "模型为样本 {sample} 预测的成品",
  },
  "stage.noise": {
    en: "The noise the model sees in sample {sample}",
    zh: "模型在样本 {sample} 中看到的噪声",
  },
  "stage.hint": {
    en: "Point at a pixel, or focus the picture and use the arrow keys, to read its value.",
    zh: "指向一个像素，或聚焦图片后用方向键，即可读出数值。",
  },
  "stage.probe": { en: "row {row}, column {column}", zh: "第 {row} 行第 {column} 列" },
  "stage.legend.picture": {
    en: "picture: paper −1, ink +1, tints beyond",
    zh: "图像：纸 −1，墨 +1，越界处着色",
  },
  "stage.legend.colours": {
    en: "picture: red, green and blue from −1 to 1, cut off beyond",
    zh: "图像：红、绿、蓝各从 −1 到 1，越界截断",
  },
  "stage.legend.coloured": {
    en: "noise: the same from −3 to 3, grey at 0",
    zh: "噪声：同上，从 −3 到 3，0 为灰",
  },
  "stage.legend.signed": { en: "noise: neutral at 0", zh: "噪声：0 处为中性色" },
  "stage.legend.broken": { en: "not a number", zh: "非数（NaN）" },
  "share.title": { en: "Building to rubble", zh: "楼与瓦砾之比" },
  "share.building": { en: "building {share}", zh: "楼 {share}" },
  "share.rubble": { en: "rubble {share}", zh: "瓦砾 {share}" },
  "samples.title": { en: "Samples", zh: "样本" },
  "samples.caption": {
    en: "{n} buildings, each with its own noise; choose one",
    zh: "{n} 座楼，各有各的噪声；点选一座",
  },
  "samples.one": { en: "Sample {n}", zh: "样本 {n}" },
  "time.demolishing": { en: "demolishing", zh: "拆楼" },
  "time.rebuilding": { en: "rebuilding", zh: "建楼" },
  "time.rubble": { en: "rubble", zh: "瓦砾" },
  "time.inverting": { en: "inverting", zh: "反演" },
  "time.found": { en: "its noise", zh: "它的噪声" },
  "film.beliefs": {
    en: "x̂₀: what the model, at that moment, took the picture for",
    zh: "x̂₀：在那一刻，模型把图当成什么",
  },
  "film.title": { en: "Film strip: click or drag to seek", zh: "胶片：点击或拖动可跳转" },

  "gallery.title": { en: "Which building?", zh: "拆哪座楼？" },
  "gallery.quick.digit": {
    en: "A real digit {name}; press again for another hand",
    zh: "真实手写数字 {name}；再按换一个人写的",
  },
  "gallery.quick.building": { en: "A {name}; press again for another", zh: "{name}；再按换一座" },
  "gallery.open.digits": { en: "All 360, or paint one", zh: "看全部 360 张，或自己画" },
  "gallery.open.buildings": { en: "All 360 buildings", zh: "看全部 360 座" },
  "gallery.all": { en: "All", zh: "全部" },
  "gallery.filter": { en: "Show only", zh: "只看" },
  "gallery.one.digit": { en: "Digit {name}, picture {n}", zh: "数字 {name}，第 {n} 张" },
  "gallery.one.building": { en: "A {name}, picture {n}", zh: "{name}，第 {n} 张" },
  "gallery.list.digits": {
    en: "Real handwritten digits the model never saw in training",
    zh: "模型训练时没见过的真实手写数字",
  },
  "gallery.list.buildings": { en: "Buildings the model never saw in training", zh: "模型训练时没见过的楼" },
  "paint.title": { en: "Paint over it", zh: "动笔改它" },
  "paint.ink": { en: "Ink", zh: "墨量" },
  "paint.hint": {
    en: "Draw with pointer or finger. With the keyboard: arrows move, Space paints.",
    zh: "用鼠标或手指画；键盘：方向键移动，空格落笔。",
  },
  "paint.cell": {
    en: "row {row}, column {column}, ink {ink} of 16",
    zh: "第 {row} 行第 {column} 列，墨量 {ink}/16",
  },
  "paint.undo": { en: "Undo", zh: "撤销" },
  "paint.clear": { en: "Blank paper", zh: "清空" },
  "paint.real": { en: "Back to the real one", zh: "还原真迹" },
  "paint.own": { en: "Your own drawing", zh: "你画的" },

  "parts.title": { en: "What the two parts are", zh: "两部分是什么" },
  "parts.truth": { en: "What is there", zh: "真实的" },
  "parts.belief": { en: "What the model believes", zh: "模型以为的" },
  "parts.pair": { en: "Side by side", zh: "并排看" },
  "ending.title": { en: "Not the one that fell", zh: "不是拆掉的那一座" },
  "ending.kind": {
    en: "Only {share} of the old building was left in the rubble, and the model has never seen it. It was told the kind and built one of its own.",
    zh: "瓦砾里原来的楼只剩 {share}，模型也从未见过它。它只知道要建哪一类，于是建了自己的一座。",
  },
  "ending.free": {
    en: "Only {share} of the old building was left in the rubble, and the model has never seen it. It was told nothing and built what it saw in the noise.",
    zh: "瓦砾里原来的楼只剩 {share}，模型也从未见过它。没有人告诉它建什么，它从噪声里看出了这一座。",
  },
  "ending.other": { en: "Same rubble: {name}", zh: "同样的瓦砾：{name}" },
  "ending.seed": { en: "Another seed", zh: "换一个种子" },
  "ending.draw": { en: "Draw your own", zh: "自己画一张" },
  "parts.building": { en: "what is left of the building", zh: "楼还剩下的" },
  "parts.rubble": { en: "the rubble on it", zh: "盖上去的瓦砾" },
  "parts.building.alt": { en: "The real building, faded to {share}", zh: "真实的楼，淡到 {share}" },
  "parts.rubble.alt": {
    en: "The rubble thrown on it so far, at strength {share}",
    zh: "到目前为止撒上去的瓦砾，强度 {share}",
  },

  "hammer.slider": { en: "{title}, at the stage", zh: "{title}（工地旁）" },

  "original.caption": { en: "the picture at the start", zh: "起点的那张图" },
  "original.painted": { en: "your own drawing", zh: "你画的" },
  "original.back": { en: "{distance} (rms) from what stands now", zh: "与现状相差 {distance}（均方根）" },
  "original.inverting": {
    en: "Down without dice: each step takes the noise that the model itself sees.",
    zh: "下行不掷骰子：每一步都用模型自己看到的噪声。",
  },

  "brush.hint": {
    en: "Paint on the picture, with pointer or finger; by keyboard: arrows move, Space paints.",
    zh: "用鼠标或手指在图上画；键盘：方向键移动，空格落笔。",
  },
  "brush.colour": { en: "Colour", zh: "颜色" },
  "brush.reach": { en: "Brush size", zh: "笔宽" },
  "brush.undo": { en: "Undo stroke", zh: "撤销一笔" },
  "brush.clear": { en: "Clear", zh: "清空" },
  "brush.erase": { en: "Erase: set to 0", zh: "擦除：置为 0" },
  "brush.ink": { en: "Ink {ink}", zh: "墨 {ink}" },
  "brush.own": { en: "A colour of your own", zh: "自选颜色" },
  "brush.sky": { en: "Sky", zh: "天蓝" },
  "brush.grass": { en: "Grass", zh: "草绿" },
  "brush.wood": { en: "Wood", zh: "木褐" },
  "brush.brick": { en: "Brick", zh: "砖红" },
  "brush.light": { en: "Lamplight", zh: "灯黄" },
  "brush.snow": { en: "Snow", zh: "雪白" },
  "brush.night": { en: "Night", zh: "夜色" },

  "fork.open": { en: "Fork here", zh: "在此分叉" },
  "fork.title": { en: "Fork at step {at}, from {track}", zh: "在第 {at} 步从{track}分叉" },
  "fork.paint": { en: "Paint on what stands", zh: "在现状上动笔" },
  "fork.noise": { en: "Fresh noise of the next step", zh: "下一步的新噪声" },
  "fork.noise.other": { en: "from another seed", zh: "换一个种子" },
  "fork.seed": { en: "Seed of that noise", zh: "该噪声的种子" },
  "fork.set": { en: "From here on", zh: "从这里起" },
  "fork.go": { en: "Fork", zh: "分叉" },
  "fork.cancel": { en: "Cancel", zh: "取消" },
  "fork.nothing": {
    en: "Change something above: the new track differs from the old in that alone.",
    zh: "请在上面改点什么：新轨迹与旧轨迹只差这一点。",
  },
  "fork.differs": { en: "The new track differs: {what}.", zh: "新轨迹的不同：{what}。" },
  "fork.full": {
    en: "There are {most} forks already, all that a link holds. Delete one first.",
    zh: "已有 {most} 个分叉，链接只装得下这么多。请先删去一个。",
  },
  "fork.late": {
    en: "Nothing follows the last step: go back a little, then fork.",
    zh: "最后一步之后再没有路：请先退几步再分叉。",
  },
  "fork.painted": { en: "painted over", zh: "动过笔" },
  "fork.othernoise": { en: "noise {seed} for one step", zh: "一步换用噪声 {seed}" },
  "fork.change": { en: "{what}: {value}", zh: "{what}：{value}" },
  "fork.and": { en: "; ", zh: "；" },

  "tracks.title": { en: "Tracks", zh: "轨迹" },
  "tracks.tree": { en: "Click a lane to see that track at that step", zh: "点一条线，看那条轨迹的那一步" },
  "tracks.original": { en: "the original", zh: "原轨迹" },
  "tracks.original.says": { en: "nothing changed", zh: "未改动" },
  "tracks.fork": { en: "fork {n}", zh: "分叉 {n}" },
  "tracks.from": { en: "from {parent} at step {at}: {what}", zh: "自 {parent} 第 {at} 步：{what}" },
  "tracks.delete": { en: "Delete fork {n} and what grew from it", zh: "删去分叉 {n} 及其后代" },
  "tracks.together": { en: "not yet apart", zh: "尚未分开" },
  "tracks.apart": { en: "{distance} from its parent", zh: "离父轨迹 {distance}" },
  "tracks.widest": {
    en: "curves: distance from the parent (rms a number), up to {distance}",
    zh: "曲线：与父轨迹的距离（每个数的均方根），最高 {distance}",
  },

  "race.quality.pictures": {
    en: "Fréchet distance to pictures never trained on, lower is better",
    zh: "到留出图片的 Fréchet 距离，越低越好",
  },
  "noising.title": { en: "How much ruin is too much?", zh: "拆到多烂就认不回来？" },
  "noising.lead": {
    en: "The picture at the start, demolished to ten depths, and below each ruin what the model rebuilds from it. Near the top it restores; deeper down it invents.",
    zh: "把起点那张图拆到十种深度，每堆废墟下面是模型由它重建的楼。浅处是修复，深处就是创作了。",
  },
  "noising.start": { en: "Rebuild from ten depths", zh: "从十种深度重建" },
  "noising.stop": { en: "Stop at {share}", zh: "停在 {share}" },
  "noising.done": { en: "All rebuilt", zh: "都建好了" },
  "noising.depth": {
    en: "Demolished to t = {t}, rebuilt within {distance} of the original; go to that step",
    zh: "拆到 t = {t}，重建与原图相差 {distance}；跳到那一步",
  },
  "noising.unknown": { en: "Demolished to t = {t}; go to that step", zh: "拆到 t = {t}；跳到那一步" },
  "noising.curve": {
    en: "Distance between rebuilt and real picture, from {least} to {most}",
    zh: "重建与原图的距离，从 {least} 到 {most}",
  },
};

/** @typedef {import("../../ui/i18n.js").Words<import("../../ui/i18n.js").PageKey | keyof typeof strings>} Words */
