// The words of poking a network, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "poke.done": {
    en: "All numbers of {tensor} were turned to their opposite, and everything was computed anew with them. It is alive.",
    zh: "{tensor} 里的数全部变号，一切都用它们重新算过。它是活的。",
  },
  "poke.back": { en: "Turn it back", zh: "变回来" },
  "poke.undone": { en: "The weights are what they were.", zh: "权重已复原。" },
};
