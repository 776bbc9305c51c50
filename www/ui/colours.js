// Light or dark, as chosen or as the system has it, and the palette that everything is drawn with.
import { readPalette } from "../views/palette.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** @param {() => string} choice auto, light or dark @param {() => void} onchange */
export function createColours(choice, onchange) {
  const root = document.documentElement;
  /** Read when it is first asked for: that has the browser apply every style at once. @type {ReturnType<typeof readPalette> | null} */
  let palette = null;
  function dress() {
    const chosen = choice();
    root.dataset.theme = chosen === "light" || chosen === "dark" ? chosen : dark.matches ? "dark" : "light";
    palette = null;
    onchange();
  }
  dark.addEventListener("change", dress);
  return { dress, palette: () => (palette ??= readPalette(root)) };
}
