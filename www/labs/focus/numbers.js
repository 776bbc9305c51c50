// How this lab writes its numbers.
import { number } from "../../ui/format.js";

/** A number of tokens: whole where it is large. @param {number} value */
export const count = (value) =>
  Number.isFinite(value)
    ? value >= 1000
      ? Math.round(value).toLocaleString("en").replaceAll(",", "\u2009")
      : number(value, 3)
    : "—";

/** A share of the attention. @param {number} value */
export const share = (value) =>
  !Number.isFinite(value)
    ? "—"
    : value >= 0.0995
      ? `${(100 * value).toFixed(0)} %`
      : value >= 0.00095
        ? `${(100 * value).toFixed(1)} %`
        : value > 0 && value < 1e-30
          ? "0"
          : number(value, 1);
