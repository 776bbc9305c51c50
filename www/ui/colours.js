// Light or dark, as chosen or as the system has it, small type or large, and the palette that everything is drawn with.
import { readPalette } from "../views/palette.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const print = matchMedia("print");

/** @param {() => {theme: string, type: string}} choice @param {() => void} onchange */
export function createColours(choice, onchange) {
  const root = document.documentElement;
  /** Read when it is first asked for: that has the browser apply every style at once. @type {ReturnType<typeof readPalette> | null} */
  let palette = null;
  function dress() {
    const { theme, type } = choice();
    const chosen = theme === "light" || theme === "dark" ? theme : dark.matches ? "dark" : "light";
    // Nobody prints a night.
    root.dataset.theme = print.matches ? "light" : chosen;
    root.dataset.type = type === "large" ? "large" : "normal";
    palette = null;
    onchange();
  }
  for (const query of [dark, print]) query.addEventListener("change", dress);
  /** Light for as long as it takes, which nobody sees: what is at work waits for nothing that would have the browser paint. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  async function light(work) {
    const { theme } = root.dataset;
    root.dataset.theme = "light";
    palette = null;
    try {
      return await work();
    } finally {
      root.dataset.theme = theme;
      palette = null;
      onchange();
    }
  }
  return { dress, light, palette: () => (palette ??= readPalette(root)) };
}
