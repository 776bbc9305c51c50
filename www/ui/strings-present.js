// The words of a page before a class, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "present.title": { en: "Presentation", zh: "演示" },
  "present.pointer": { en: "Pointer", zh: "光点" },
  "present.full": { en: "Full screen", zh: "全屏" },
  "present.leave": { en: "Leave", zh: "退出" },
};
