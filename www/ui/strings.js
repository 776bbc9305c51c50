// What the page itself says, and the parts that every lab has, in both languages; what only some labs say stands with them.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "site.name": { en: "Chailou", zh: "拆楼" },
  skip: { en: "Skip to the drawing", zh: "跳到图纸" },

  "loading.title": { en: "Unrolling the drawing", zh: "正在展开图纸" },
  "loading.engine": { en: "engine", zh: "引擎" },
  "loading.weights": { en: "model", zh: "模型" },
  "loading.training": { en: "training", zh: "训练" },
  "loading.steps": { en: "{done} of {total} steps", zh: "{done} / {total} 步" },
  "loading.slow": {
    en: "Nothing has come for a while. The line may be slow, or something holds a file back.",
    zh: "好一会儿什么都没有到。可能是网络太慢，也可能有东西拦住了某个文件。",
  },
  "loading.of": { en: "{loaded} of {total}", zh: "{loaded} / {total}" },

  "site.home": { en: "Chailou: the first page", zh: "拆楼：首页" },
  "labs.title": { en: "Labs", zh: "实验" },
  "plan.open": { en: "Site plan", zh: "总平面图" },
  "plan.title": { en: "Site plan: all labs", zh: "总平面图：全部实验" },
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
  "save.framed": {
    en: "{name} was handed to the browser. A page in a frame may not be allowed to save: if no file came, keep this picture by its menu (right click or long press), or open the page in a tab of its own.",
    zh: "{name} 已交给浏览器。框架里的页面可能不许存文件：如果没有文件，请用图片的菜单（右键或长按）保存，或在单独的标签页里打开本页。",
  },
  "save.caption": {
    en: "The code opens this very experiment; its link is in the file, too.",
    zh: "扫码打开这个实验；链接也写在文件里。",
  },
  "save.caption.long": {
    en: "The link to this experiment is too long for a code: it is in the file (“Source”).",
    zh: "这个实验的链接太长，做不成二维码：它写在文件里（“Source”）。",
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
  "time.waiting": { en: "waiting for the network to arrive", zh: "等待网络模型到达" },
  "time.keys": {
    en: "Space plays; arrows step; Shift+arrows ten; Home, End",
    zh: "空格播放；方向键走一步；加 Shift 走十步；Home、End 到两端",
  },
  "press.play": { en: "Press play.", zh: "按播放。" },

  "panel.title": { en: "Settings", zh: "设置" },
  "control.about": { en: "About {title}", zh: "关于“{title}”" },
  "control.reset": { en: "Reset {title} to {value}", zh: "把“{title}”恢复为 {value}" },
  "control.exact": { en: "{title}, exact value", zh: "{title}，精确值" },
  "control.die": { en: "Roll a new seed", zh: "掷一个新种子" },
  "control.resetall": { en: "Reset all", zh: "全部恢复" },
  "control.outside": { en: "from {min} to {max}", zh: "取值 {min} 到 {max}" },
  "control.whole": { en: "whole numbers from {min} to {max}", zh: "{min} 到 {max} 的整数" },
  "control.corrected": { en: "“{typed}” became {value}: {rule}.", zh: "“{typed}”改成了 {value}：{rule}。" },
  "control.unread": {
    en: "“{typed}” is no number, so {value} stays: {rule}.",
    zh: "“{typed}”不是数字，仍用 {value}：{rule}。",
  },

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
  "engine.core": { en: "core, without networks", zh: "核心（不含网络）" },
  "engine.maths": { en: "mathematics, without networks", zh: "数学（不含网络）" },
  "engine.cpu": { en: "CPU", zh: "CPU" },
  "engine.webgpu": { en: "WebGPU", zh: "WebGPU" },
  "card.title": { en: "The model that ships", zh: "随页的模型" },
  "card.failed": { en: "The model card could not be fetched.", zh: "模型卡没有取到。" },

  "why.start": {
    en: "The CPU engine runs first; it needs no permission and no download beyond the page.",
    zh: "CPU 引擎先行：无需许可，也不必另外下载。",
  },
  "why.network": {
    en: "The network has arrived: the CPU engine took over at the same step.",
    zh: "网络已到：CPU 引擎在同一步接手。",
  },
  "why.restarted": {
    en: "The other engine could not take this run over and computes it again from the start.",
    zh: "另一引擎无法接过这次运行，将从头重新计算。",
  },
  "why.slower": {
    en: "WebGPU was tried on this very work and was not faster ({webgpu} ms against {cpu} ms on the CPU), so the CPU stays.",
    zh: "在同样的工作上试了 WebGPU，并不更快（{webgpu} 毫秒，CPU 为 {cpu} 毫秒），因此继续用 CPU。",
  },
  "why.faster": {
    en: "WebGPU took over at the same step: {webgpu} ms against {cpu} ms on the CPU, measured on this very work.",
    zh: "WebGPU 已在同一步接手：实测同样的工作 {webgpu} 毫秒，CPU 为 {cpu} 毫秒。",
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
  "problem.start": {
    en: "The engine could not be started ({why}). The line may be down, a blocker may have taken the file, or the page stands in a frame that forbids it its own files: then open the link in a tab of its own.",
    zh: "引擎没能启动（{why}）。可能是网络断了，可能文件被拦截器拿走了，也可能页面所在的框架不许它用自己的文件：那就请在单独的标签页里打开链接。",
  },
  "problem.other": { en: "The engine answered: {why}", zh: "引擎的回答：{why}" },
  "problem.retry": { en: "Try again", zh: "再试一次" },
  "problem.defaults": { en: "Open with default settings", zh: "用默认设置打开" },
  "problem.keep": { en: "Your link is kept:", zh: "你的链接还在：" },
};
