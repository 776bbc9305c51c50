// Light or dark, as chosen or as the system has it, and the palette that everything is drawn with.
import { readPalette } from "../views/palette.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** @param {() => string} choice auto, light or dark @param {() => void} onchange */
export function createColours(choice, onchange) {
  const root = document.documentElement;
  let palette = readPalette(root);
  function dress() {
    const chosen = choice();
    root.dataset.theme = chosen === "light" || chosen === "dark" ? chosen : dark.matches ? "dark" : "light";
    palette = readPalette(root);
    onchange();
  }
  dark.addEventListener("change", dress);
  return { dress, palette: () => palette };
}
