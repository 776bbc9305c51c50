// The words of what is taken along, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "home.title": { en: "Take it home", zh: "带回去" },
  "home.numbers": { en: "Numbers", zh: "数据" },
  "home.network": { en: "Network", zh: "网络" },
  "home.film": { en: "Pictures and film", zh: "图片与动画" },
  "home.runs": { en: "Many runs", zh: "批量运行" },
  "home.fetching": { en: "Fetching …", zh: "正在取……" },
  "home.gone": { en: "another experiment came meanwhile", zh: "这期间换成了另一个实验" },

  "numbers.about": {
    en: "What the figures are drawn from, as it stands now. Each file begins with the link that leads back to it.",
    zh: "图就是用这些数画出来的，以此刻为准。每个文件开头都有一条链接，可以回到这个实验。",
  },
  "numbers.all": { en: "All of it (zip)", zh: "全部打包（zip）" },
  "numbers.claims": { en: "Claims", zh: "论断" },
  "numbers.count": { en: "{n} measured", zh: "共 {n} 条" },
  "numbers.done": { en: "{name} holds {n} files.", zh: "{name} 里有 {n} 个文件。" },
  "numbers.readme": {
    en: "Tables are CSV in UTF-8; a line that begins with # is the link. frames.json has every frame with its shape, row by row (the last index runs fastest).",
    zh: "表格是 UTF-8 的 CSV，以 # 开头的一行是链接。frames.json 里有每一组数及其形状，按行排列（最后一个下标变得最快）。",
  },
  "numbers.refused": { en: "Not made as things stand:", zh: "此刻没有的数据：" },

  "network.about": {
    en: "Files of weights with PyTorch’s names and shapes; each says its sizes, its settings, its link, and one example of what it was asked and answered. The script network.py reads them and compares.",
    zh: "权重文件，名字与形状同 PyTorch；里面写着尺寸、设置、链接，还有一个问与答的例子。附带的 network.py 会读取它们并核对。",
  },
  "network.all": { en: "Networks and script (zip)", zh: "网络与脚本（zip）" },
  "network.none": {
    en: "There is no network here yet: train one, or choose a setting that asks one.",
    zh: "这里还没有网络：先训练一个，或者选用会调用网络的设置。",
  },
  "network.size": { en: "{kb} kB", zh: "{kb} kB" },
  "network.saved": {
    en: "Saved. Unpack it, then: pip install torch safetensors numpy; python network.py *.safetensors",
    zh: "已保存。解开之后运行：pip install torch safetensors numpy; python network.py *.safetensors",
  },
  "network.back": { en: "And back", zh: "也能带回来" },
  "network.back.about": {
    en: "A safetensors file, from here or from a notebook, runs in the lab of its kind: networks of points, transformers that write, U-Nets of our pictures. It is checked first and stays in this browser; a link cannot carry it.",
    zh: "无论是从这里带走的，还是自己在笔记本里训练的，safetensors 文件都能在对应的实验里运行：平面点的网络、写字的 Transformer、画我们这些图的 U-Net。先查对再用，只留在这个浏览器里；链接带不走它。",
  },
  "network.drop": { en: "Drop a .safetensors file here", zh: "把 .safetensors 文件拖到这里" },
  "network.choose": { en: "or choose one:", zh: "或者选一个：" },
  "network.reading": { en: "Checking {name} …", zh: "正在检查 {name}……" },
  "network.runs": { en: "{name} runs in the lab now.", zh: "{name} 正在实验里运行。" },
  "network.own": { en: "Back to the lab’s own network", zh: "换回实验自己的网络" },
  "network.refused": { en: "That did not work: {why}", zh: "没有成功：{why}" },
  "network.large": {
    en: "it has {mb} MB, and at most {most} are read here",
    zh: "文件有 {mb} MB，这里最多读 {most} MB",
  },
  "network.unknown": {
    en: "by its names it is no network of ours; network.py says what ours are called",
    zh: "从名字看，不是我们的网络；我们的名字见 network.py",
  },
  "network.elsewhere": {
    en: "networks of this kind can be taken home, but no lab runs them from a file yet",
    zh: "这种网络可以带走，但还没有实验能从文件运行它",
  },

  "runs.about": {
    en: "This experiment again and again, beside the one that you see: a setting over values such as 1,1.3,2 or 1..8, each with several seeds. Four hundred runs at most; more of them belong to the command line.",
    zh: "在眼前这个实验之外，一遍遍地重做它：让一个设置取遍若干值（如 1,1.3,2 或 1..8），每个值配几个种子。最多四百次；更多请用命令行。",
  },
  "runs.setting": { en: "Setting", zh: "设置" },
  "runs.values": { en: "Values", zh: "取值" },
  "runs.seeds": { en: "Seeds", zh: "种子" },
  "runs.readout": { en: "What is measured", zh: "测什么" },
  "runs.start": { en: "Run all", zh: "全部运行" },
  "runs.cancel": { en: "Cancel", zh: "取消" },
  "runs.begun": { en: "{total} runs begun …", zh: "开始，共 {total} 次……" },
  "runs.under": {
    en: "{done} of {total} runs; about {seconds} s left",
    zh: "已完成 {done} / {total} 次，约剩 {seconds} 秒",
  },
  "runs.done": { en: "{n} runs done.", zh: "完成 {n} 次。" },
  "runs.stopped": {
    en: "Stopped after {n} runs; what they measured stays.",
    zh: "停在第 {n} 次之后；已测到的都留着。",
  },
  "runs.failed": { en: "{n} failed, the first at {why}", zh: "{n} 次失败，第一次在 {why}" },
  "runs.value": { en: "value", zh: "取值" },
  "runs.count": { en: "runs", zh: "次数" },
  "runs.mean": { en: "mean", zh: "平均" },
  "runs.deviation": { en: "standard deviation", zh: "标准差" },
  "runs.links": { en: "each run, by its seed", zh: "每一次（按种子）" },
  "runs.syntax": {
    en: "“{part}” is no list of numbers: write 1,1.3,2 or 1..8 (whole numbers, the smaller first).",
    zh: "“{part}”不是一列数：请写成 1,1.3,2 或 1..8（整数，小的在前）。",
  },
  "runs.outside": {
    en: "“{part}” is not between {min} and {max}, which this setting allows.",
    zh: "“{part}”不在这个设置允许的 {min} 到 {max} 之间。",
  },
  "runs.many": {
    en: "That would be more than {most} runs: take fewer values or seeds, or the command line (chailou sweep).",
    zh: "这会超过 {most} 次：请减少取值或种子，或者用命令行（chailou sweep）。",
  },
  "runs.none": { en: "There is nothing to run: write a value.", zh: "没有可以运行的：请写一个值。" },

  "film.about": {
    en: "The run from its first state to its last, in at most 96 pictures, each with its caption and the code that leads back. It is played through once while it is drawn.",
    zh: "从第一个状态到最后一个，最多 96 幅，每幅都带说明和可扫码返回的二维码。绘制时会把过程走一遍。",
  },
  "film.still": {
    en: "Nothing goes on in steps here: a film would be one picture. The poster shows it.",
    zh: "这里没有一步步的过程，动画只会是一幅图。海报能把它画出来。",
  },
  "film.size": { en: "Width of a film", zh: "动画宽度" },
  "film.pixels": { en: "{width} pixels", zh: "{width} 像素" },
  "film.strip": { en: "Strip (PNG)", zh: "连环图（PNG）" },
  "film.poster": { en: "Poster for print (A4, 300 dpi)", zh: "打印海报（A4，300 dpi）" },
  "film.charts": { en: "Charts as lines (SVG)", zh: "矢量图（SVG）" },
  "film.charts.about": {
    en: "What is drawn of lines and letters, for papers and slides: sharp at any size, in light colours, the link in its metadata.",
    zh: "由线条和文字画成的图，可用于论文和幻灯片：放大不糊，浅色底，链接写在元数据里。",
  },
  "film.under": { en: "{done} of {total} pictures", zh: "{done} / {total} 幅" },
  "film.done": { en: "{name}, {kb} kB.", zh: "{name}，{kb} kB。" },
  "film.stopped": { en: "Stopped; nothing was saved.", zh: "已停止，没有保存。" },
  "film.lacks": { en: "This browser has no encoder for it.", zh: "这个浏览器没有相应的编码器。" },
  "film.caption": { en: "The code opens this very experiment.", zh: "扫码打开这个实验。" },
  "film.caption.long": {
    en: "The link to this experiment is too long for a code.",
    zh: "这个实验的链接太长，做不成二维码。",
  },
};
