// What the page itself says, and the parts that every lab has, in both languages; what only some labs say stands with them.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "site.name": { en: "Chailou", zh: "拆楼" },
  "site.line": {
    en: "A real, tiny diffusion model tears a picture down to rubble and builds it up again, live in this tab.",
    zh: "一个真实的小扩散模型，就在这个标签页里，把一张图拆成瓦砾，再一步步建回来。",
  },
  skip: { en: "Skip to the drawing", zh: "跳到图纸" },

  "loading.title": { en: "Unrolling the drawing", zh: "正在展开图纸" },
  "loading.engine": { en: "engine", zh: "引擎" },
  "loading.weights": { en: "model", zh: "模型" },
  "loading.training": { en: "training", zh: "训练" },
  "loading.steps": { en: "{done} of {total} steps", zh: "{done} / {total} 步" },
  "loading.of": { en: "{loaded} of {total}", zh: "{loaded} / {total}" },

  "labs.title": { en: "Labs", zh: "实验" },
  "tools.history": { en: "Changes", zh: "改动" },
  "tools.undo": { en: "Undo (Ctrl+Z)", zh: "撤销（Ctrl+Z）" },
  "tools.redo": { en: "Redo (Ctrl+Shift+Z)", zh: "重做（Ctrl+Shift+Z）" },
  "tools.theme": { en: "Theme", zh: "主题" },
  "theme.auto": { en: "Auto", zh: "自动" },
  "theme.light": { en: "Paper", zh: "白纸" },
  "theme.dark": { en: "Blueprint", zh: "蓝图" },
  "tools.copy": { en: "Copy link", zh: "复制链接" },
  "tools.save": { en: "Save PNG", zh: "存为 PNG" },
  "copy.done": {
    en: "Link copied: it holds every setting, the step and the expected result.",
    zh: "链接已复制：其中有全部设置、当前步，以及应得的结果。",
  },
  "copy.denied": {
    en: "The browser does not let this page write to the clipboard. Copy the link from here:",
    zh: "浏览器不允许本页写入剪贴板，请从这里复制：",
  },
  "save.done": {
    en: "Saved as {name}. The link is inside the file, too.",
    zh: "已存为 {name}，链接也写在文件里。",
  },
  "save.failed": { en: "The picture could not be saved: {why}", zh: "图片没有存成：{why}" },
  close: { en: "Close", zh: "关闭" },
  dismiss: { en: "Dismiss", zh: "知道了" },

  "stage.title": { en: "The stage", zh: "工地" },
  "stage.small": { en: "The stage, small", zh: "缩小的工地" },

  "time.title": { en: "Timeline", zh: "时间轴" },
  "time.play": { en: "Play", zh: "播放" },
  "time.pause": { en: "Pause", zh: "暂停" },
  "time.again": { en: "Play again", zh: "重放" },
  "time.back": { en: "Step back", zh: "退一步" },
  "time.step": { en: "Step forward", zh: "进一步" },
  "time.start": { en: "To the start", zh: "到开头" },
  "time.end": { en: "To the end", zh: "到结尾" },
  "time.speed": { en: "Speed", zh: "速度" },
  "time.scrub": { en: "Position on the timeline", zh: "时间轴位置" },
  "time.at": { en: "step {at} of {length}", zh: "第 {at} 步，共 {length} 步" },
  "time.busy": { en: "computing {done} of {total} steps", zh: "正在计算 {done} / {total} 步" },
  "time.keys": {
    en: "Space plays; arrows step; Shift+arrows ten; Home, End",
    zh: "空格播放；方向键走一步；加 Shift 走十步；Home、End 到两端",
  },
  "press.play": { en: "Press play to watch it fall and rise.", zh: "按播放，看它倒下又立起。" },

  "panel.title": { en: "Settings", zh: "设置" },
  "control.about": { en: "About {title}", zh: "关于“{title}”" },
  "control.reset": { en: "Reset {title} to {value}", zh: "把“{title}”恢复为 {value}" },
  "control.exact": { en: "{title}, exact value", zh: "{title}，精确值" },
  "control.die": { en: "Roll a new seed", zh: "掷一个新种子" },
  "control.resetall": { en: "Reset all", zh: "全部恢复" },
  "control.outside": { en: "from {min} to {max}", zh: "取值 {min} 到 {max}" },

  "claims.title": { en: "Claims, measured here and now", zh: "论断：当场测量" },
  "claims.measured": { en: "measured", zh: "测得" },
  "claims.expected": { en: "expected", zh: "预期" },
  "claims.holds": { en: "holds", zh: "成立" },
  "claims.fails": { en: "fails", zh: "不成立" },
  "claims.open": { en: "open", zh: "未定" },
  "claims.measure": { en: "Measure", zh: "测量" },
  "claims.measuring": { en: "Measuring {done} of {total}", zh: "正在测量 {done} / {total}" },
  "claims.measured.all": { en: "All measured", zh: "已全部测完" },

  "notes.title": { en: "Notes", zh: "说明" },
  "notes.back": { en: "Back to the text", zh: "回到文字" },
  "notes.failed": { en: "The notes could not be fetched.", zh: "说明没有取到。" },

  "block.engine": { en: "Engine", zh: "引擎" },
  "block.seed": { en: "Seed", zh: "种子" },
  "block.scale": { en: "Scale", zh: "比例" },
  "block.step": { en: "Step", zh: "步" },
  "block.time": { en: "Per step", zh: "每步耗时" },
  "block.calls": { en: "Network calls", zh: "网络调用" },
  "block.source": { en: "After", zh: "出处" },
  "block.live": {
    en: "Live: this number of answers came from the engine, none was stored: {pulls}",
    zh: "实时：引擎已作答 {pulls} 次，没有一次是预存的",
  },
  "block.live.short": { en: "live", zh: "实时" },
  "block.ms": { en: "{ms} ms", zh: "{ms} 毫秒" },
  "block.card": { en: "Model card", zh: "模型卡" },
  "block.switch": { en: "Engine to use", zh: "使用的引擎" },
  "device.auto": { en: "Auto", zh: "自动" },
  "device.cpu": { en: "CPU", zh: "CPU" },
  "device.webgpu": { en: "WebGPU", zh: "WebGPU" },
  "card.title": { en: "The model that ships", zh: "随页的模型" },
  "card.failed": { en: "The model card could not be fetched.", zh: "模型卡没有取到。" },

  "why.start": {
    en: "The CPU engine runs first; it needs no permission and no download beyond the page.",
    zh: "CPU 引擎先行：无需许可，也不必另外下载。",
  },
  "why.chosen": { en: "CPU, as you chose.", zh: "CPU，按你的选择。" },
  "why.none": {
    en: "This browser offers no WebGPU here, so the CPU engine stays. Results are the same.",
    zh: "这个浏览器此处没有 WebGPU，因此继续用 CPU 引擎，结果相同。",
  },
  "why.software": {
    en: "WebGPU here is emulated in software and slower than our CPU engine, so the CPU stays. You can force it.",
    zh: "此处的 WebGPU 是软件模拟，比我们的 CPU 引擎还慢，因此继续用 CPU。也可以强制使用。",
  },
  "why.broken": {
    en: "WebGPU failed earlier in this visit, so the CPU engine stays.",
    zh: "本次访问中 WebGPU 出过错，因此继续用 CPU 引擎。",
  },
  "why.loading": {
    en: "CPU now; the WebGPU engine is being fetched behind it.",
    zh: "目前用 CPU；WebGPU 引擎正在后台取来。",
  },
  "why.webgpu": { en: "WebGPU took over at the same step.", zh: "WebGPU 已在同一步接手。" },
  "why.failed": {
    en: "The WebGPU engine could not start, so the CPU engine stays. ({detail})",
    zh: "WebGPU 引擎没能启动，继续用 CPU 引擎。（{detail}）",
  },
  "why.lost": {
    en: "The GPU device was lost. The CPU engine took over at the same step; nothing was lost but speed.",
    zh: "GPU 设备丢失，CPU 引擎已在同一步接手；除了速度，什么也没丢。",
  },

  "check.exact": { en: "reproduced: bit for bit", zh: "已复现：逐位相同" },
  "check.close": {
    en: "reproduced within {rms} (tolerance {tolerance})",
    zh: "已复现：误差 {rms}（容差 {tolerance}）",
  },
  "check.differs": { en: "differs: {why}", zh: "不一致：{why}" },
  "check.unreadable": { en: "the link's check cannot be read: {why}", zh: "链接里的校验值无法读取：{why}" },

  "warnings.title": { en: "About this link", zh: "关于这个链接" },
  "problem.title": { en: "The work has stopped", zh: "停工" },
  "problem.fetch": {
    en: "A part of the page did not arrive ({file}). Your settings are safe in the address bar.",
    zh: "页面的一部分没有取到（{file}）。你的设置都在地址栏里，没有丢。",
  },
  "problem.wasm": {
    en: "The engine could not be compiled: either it arrived damaged, or this browser lacks WebAssembly with SIMD (Chrome 91, Firefox 89, Safari 16.4 or later have it).",
    zh: "引擎没能编译：要么下载时损坏了，要么这个浏览器没有带 SIMD 的 WebAssembly（Chrome 91、Firefox 89、Safari 16.4 起都有）。",
  },
  "problem.other": { en: "The engine answered: {why}", zh: "引擎的回答：{why}" },
  "problem.retry": { en: "Try again", zh: "再试一次" },
  "problem.defaults": { en: "Open with default settings", zh: "用默认设置打开" },
  "problem.keep": { en: "Your link is kept:", zh: "你的链接还在：" },
};
