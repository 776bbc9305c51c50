// The words of lessons, in both languages: playing one, opening one, and what can be wrong with one.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "lesson.label": { en: "Lesson: {title}", zh: "课程：{title}" },
  "lesson.step": { en: "Step {at} of {of}", zh: "第 {at} 步，共 {of} 步" },
  "lesson.back": { en: "Back", zh: "上一步" },
  "lesson.next": { en: "Next", zh: "下一步" },
  "lesson.finish": { en: "Finish", zh: "结束" },
  "lesson.leave": { en: "Leave the lesson", zh: "离开课程" },
  "lesson.predict": { en: "Before you look", zh: "先猜一猜" },
  "lesson.reveal": { en: "Show what happens", zh: "揭晓" },
  "lesson.waiting": { en: "Computing it now …", zh: "正在当场计算……" },
  "lesson.yours": { en: "You said", zh: "你猜的是" },
  "lesson.measured": { en: "Measured here and now", zh: "当场测得" },
  "lesson.right": { en: "You saw it coming.", zh: "猜中了。" },
  "lesson.wrong": { en: "Not what you expected.", zh: "出乎意料。" },
  "lesson.unmeasured": {
    en: "Nothing was measured here under the name “{readout}”: the experiment may have changed.",
    zh: "这里没有测得“{readout}”：实验可能已被改动。",
  },
  "lesson.met": { en: "Done.", zh: "完成。" },
  "lesson.place.how": {
    en: "Click into the large picture, or move the cross with the arrow keys.",
    zh: "在大图上点一下，也可以用方向键移动十字。",
  },
  "lesson.place.at": {
    en: "{x} % from the left, {y} % from the top",
    zh: "距左 {x}%，距上 {y}%",
  },
  "lesson.ask": { en: "Open a lesson from {host}?", zh: "打开来自 {host} 的课程？" },
  "lesson.ask.about": {
    en: "This link asks for a lesson file that lies on another server. It will learn your address as any page does; the lesson is text and experiments, and nothing in it is run.",
    zh: "此链接要从另一台服务器取一份课程文件。和任何网页一样，对方会看到你的 IP 地址；课程只含文字和实验，不会执行其中任何代码。",
  },
  "lesson.ask.yes": { en: "Open it", zh: "打开" },
  "lesson.ask.no": { en: "Without it", zh: "不打开" },
  "lesson.unreached": {
    en: "The lesson could not be fetched from {host}. The address may be wrong, or that server, or the one of this page, does not allow it. Ask for the file and open it under “Teach”.",
    zh: "没能从 {host} 取到课程。可能地址有误，也可能对方或本页的服务器不允许。请要来文件，在“上课”里打开。",
  },
  "lesson.gone": {
    en: "This lesson came from a file and is too long for a link. Open the file again under “Teach”.",
    zh: "这门课来自文件，太长，放不进链接。请在“上课”里重新打开文件。",
  },
  "lesson.bad": { en: "This lesson cannot be used.", zh: "这份课程无法使用。" },
  "lesson.fault.size": {
    en: "It is longer than the 512 kB that are read. Shorten its texts, or leave out experiments that carry large drawings.",
    zh: "它超过了可读取的 512 kB。请缩短文字，或去掉带有大幅手绘内容的实验。",
  },
  "lesson.fault.json": { en: "The file is no JSON ({detail}).", zh: "文件不是 JSON（{detail}）。" },
  "lesson.fault.depth": { en: "It is nested too deeply to be a lesson.", zh: "嵌套太深，不像课程文件。" },
  "lesson.fault.packed": {
    en: "The lesson in the link is damaged or cut off. Ask for the link again, or for the file.",
    zh: "链接里的课程已损坏或被截断。请重新索取链接，或索取文件。",
  },
  "lesson.fault.required": { en: "{path} is missing.", zh: "缺少 {path}。" },
  "lesson.fault.unknown": {
    en: "{path} is nothing that a lesson has. See lessons/lesson.schema.json beside this page.",
    zh: "课程里没有 {path} 这一项。请参看本页旁的 lessons/lesson.schema.json。",
  },
  "lesson.fault.type": {
    en: "{path} is of the wrong kind ({detail}).",
    zh: "{path} 的类型不对（{detail}）。",
  },
  "lesson.fault.long": { en: "{path} is too long ({detail}).", zh: "{path} 太长（{detail}）。" },
  "lesson.fault.value": { en: "{path} cannot be used ({detail}).", zh: "{path} 无法使用（{detail}）。" },
  "lesson.fault.judge": {
    en: "{path}: nothing says which option is right. Name one by “right”, or give a “readout” and each option “is” and “value”.",
    zh: "{path}：没有说明哪个选项正确。请用“right”指定，或给出“readout”，并给每个选项写上“is”和“value”。",
  },
  "lesson.fault.right": { en: "{path} names an option that is not there.", zh: "{path} 指向不存在的选项。" },
  "lesson.fault.range": { en: "{path} must be larger than min.", zh: "{path} 必须大于 min。" },
};
