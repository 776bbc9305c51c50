// The words of what is read off a noise schedule, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "time.spoken": {
    en: "Step {at} of {length}, t = {t}: {building} building",
    zh: "第 {at} 步，共 {length} 步，t = {t}：楼 {building}",
  },

  "chart.title": { en: "The schedule", zh: "噪声表" },
  "chart.lamp.red": {
    en: "At t = T, {share} of the building's amplitude still stands: what we call rubble is not pure noise, yet a journey that only builds starts from pure noise. Raise T or c.",
    zh: "t = T 时楼的幅度还剩 {share}：所谓瓦砾并非纯噪声，而“只建楼”却从纯噪声开始。请调大 T 或 c。",
  },
  "chart.lamp.green": {
    en: "At t = T only {share} of the building's amplitude is left: rubble.",
    zh: "t = T 时楼的幅度只剩 {share}：确实成了瓦砾。",
  },
  "chart.alt": {
    en: "Chart against t from 0 to {T}: the building's amplitude falls from 1 to {end}, the rubble's rises from 0 to {rubble}; now, at t = {t}, they are {a} and {b}.",
    zh: "横轴 t 从 0 到 {T}：楼的幅度从 1 降到 {end}，瓦砾的幅度从 0 升到 {rubble}；当前 t = {t}，两者为 {a} 与 {b}。",
  },
  "chart.snr": { en: "SNR (log, right)", zh: "信噪比（对数，右轴）" },

  "lamp.red": { en: "{share} of the building still stands at T", zh: "到 T 时楼还立着 {share}" },
  "lamp.green": { en: "{share} of the building is left at T", zh: "到 T 时楼只剩 {share}" },
};
