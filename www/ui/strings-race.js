// The words of the race of the samplers, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "race.title": { en: "Race of the samplers", zh: "采样器赛跑" },
  "race.hint": {
    en: "All lanes start from the same noise and pay for each call of the denoiser. For each number of calls the race is run anew: who is best at ten, who at fifty?",
    zh: "各道从同一份噪声起跑，每调用一次去噪器都要付账。每种调用次数都重新跑一场：十次时谁最好？五十次呢？",
  },
  "race.start": { en: "Start", zh: "开跑" },
  "race.on": { en: "Go on", zh: "继续" },
  "race.pause": { en: "Pause", zh: "暂停" },
  "race.step": { en: "One call each", zh: "各走一次" },
  "race.all": { en: "All at once", zh: "一口气跑完" },
  "race.reset": { en: "Start anew", zh: "重来" },
  "race.add": { en: "Add a lane", zh: "加一道" },
  "race.lane": { en: "Sampler in lane {n}", zh: "第 {n} 道的采样器" },
  "race.remove": { en: "Take lane {n} out", zh: "去掉第 {n} 道" },
  "race.calls": { en: "{calls} of {budget} calls", zh: "{calls} / {budget} 次调用" },
  "race.waiting": { en: "at the start", zh: "在起点" },
  "race.budget": { en: "network calls", zh: "网络调用次数" },
  "race.best": {
    en: "best of this budget, or behind it by less than the error",
    zh: "同等花费下最好，或落后不超过误差",
  },
  "race.won": { en: "{n} calls: {name}", zh: "{n} 次：{name}" },
  "race.table": { en: "Quality by lane and network calls", zh: "各道在各调用次数下的质量" },
  "race.alt": {
    en: "Chart of quality against network calls, both logarithmic; the table below has its numbers. At {n} calls the best is {name}; nobody gets below {floor}.",
    zh: "质量对网络调用次数的图，两轴皆为对数，数字见下表。{n} 次调用时 {name} 最好；谁也低不过 {floor}。",
  },
  "race.alt.none": {
    en: "The chart of quality against network calls appears here once the race has begun.",
    zh: "开跑后，质量对网络调用次数的图画在这里。",
  },
};
