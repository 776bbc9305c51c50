// The words of what there is for a class, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "teach.title": { en: "For a class", zh: "课堂" },
  "teach.code.label": { en: "Code for a camera: opens what stands here", zh: "二维码：打开眼前这个实验" },
  "teach.code.about": {
    en: "A phone’s camera opens this very experiment. Press the code to make it large.",
    zh: "手机扫码，打开眼前这个实验。点一下二维码可放大。",
  },
  "teach.code.large": { en: "Large, and back", zh: "放大／还原" },
  "teach.code.long": {
    en: "This link is too long for a code that a camera could read. Copy it instead, or save the lesson as a file.",
    zh: "这个链接太长，做成二维码相机也读不出。请改为复制链接，或把课程存成文件。",
  },
  "teach.copy": { en: "Copy its link", zh: "复制链接" },
  "teach.copied": { en: "Copied.", zh: "已复制。" },
  "teach.present": { en: "Present what stands here", zh: "演示眼前这个实验" },
  "teach.present.about": {
    en: "Large type, the drawing and the settings that the link names, nothing else. P: a pointer that everybody sees; F: full screen; Page Down and Page Up, or a clicker, step; Esc leaves.",
    zh: "大字显示，只留图纸和链接里写到的设置。P：全班都看得见的光点；F：全屏；Page Down、Page Up 或翻页笔：走一步；Esc：退出。",
  },
  "teach.lessons": { en: "Lessons of five minutes", zh: "五分钟一课" },
  "teach.about.diffusion": {
    en: "A building falls to rubble, and another rises from it. What is left, what it costs, what chance is for.",
    zh: "一座楼塌成废墟，另一座从废墟里长出来。还剩多少，代价多大，随机有什么用。",
  },
  "teach.about.attention": {
    en: "A transformer writes letter by letter. Who looks at whom, and what happens if one may not.",
    zh: "Transformer 一个字一个字地写。谁在看谁；不许它看，又会怎样。",
  },
  "teach.about.training": {
    en: "Two networks learn before your eyes: one finds the moons, one discovers how to copy.",
    zh: "两个网络在你眼前学会本事：一个找到月牙，一个悟出照抄。",
  },
  "teach.write": { en: "Write a lesson", zh: "写一课" },
  "teach.file": { en: "Open a lesson file …", zh: "打开课程文件……" },
  "teach.file.about": {
    en: "Or drop one here. Its format: lessons/lesson.schema.json beside this page.",
    zh: "也可以把文件拖到这里。格式见本页旁的 lessons/lesson.schema.json。",
  },
};
