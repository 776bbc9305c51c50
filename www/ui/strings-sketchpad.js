// The words of the drawing tool, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "draw.shapes": { en: "Ready-made", zh: "现成的" },
  "draw.smiley": { en: "Smiley", zh: "笑脸" },
  "draw.heart": { en: "Heart", zh: "爱心" },
  "draw.lou": { en: "The character for “storeyed building”", zh: "“楼”字" },
  "draw.text": { en: "Text", zh: "文字" },
  "draw.text.example": { en: "a name, 楼 …", zh: "名字、楼……" },
  "draw.text.set": { en: "Set", zh: "排上" },
  "draw.tool": { en: "Tool", zh: "工具" },
  "draw.brush": { en: "Spray", zh: "喷" },
  "draw.eraser": { en: "Erase", zh: "擦" },
  "draw.width": { en: "Width", zh: "粗细" },
  "draw.density": { en: "Density", zh: "密度" },
  "draw.undo": { en: "Undo stroke", zh: "撤销一笔" },
  "draw.clear": { en: "Clear", zh: "清空" },
  "draw.count": { en: "{n} of at most {most} points", zh: "{n} 个点，最多 {most} 个" },
  "draw.cancel": { en: "Back without using it", zh: "不用了，返回" },
};
