// Numbers as people read them: true minus signs, few digits, powers of ten with raised exponents.

const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** @param {number | null | undefined} value @param {number} [digits] significant */
export function number(value, digits = 4) {
  if (value === null || value === undefined) return "–";
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e6) return String(Number(value.toPrecision(digits))).replace("-", "−");
  const [mantissa, exponent] = value.toExponential(Math.min(digits, 3) - 1).split("e");
  const power = [...String(Math.abs(Number(exponent)))].map((digit) => raised[Number(digit)]).join("");
  return `${String(Number(mantissa)).replace("-", "−")} × 10${Number(exponent) < 0 ? "⁻" : ""}${power}`;
}

/** Always three decimals, for numbers that change while one looks at them. @param {number} value */
export const steady = (value) =>
  Number.isFinite(value) ? value.toFixed(3).replace("-", "−") : number(value);

/** @param {number} share 0..1 */
export function percent(share) {
  const hundred = 100 * share;
  // Beside other shares a power of ten would be read as a large number, and is too long for its place.
  if (hundred > 0 && hundred < 0.001) return "< 0.001 %";
  if (hundred > 0 && hundred < 0.95) return `${number(hundred, 1)} %`;
  if (hundred < 100 && hundred > 99.05) return `${(Math.floor(hundred * 10) / 10).toFixed(1)} %`;
  return `${Math.round(hundred)} %`;
}

/** @param {number} count */
export const bytes = (count) =>
  count < 1e6 ? `${Math.round(count / 1e3)} kB` : `${(count / 1e6).toFixed(1)} MB`;

/** Plain letters for a symbol until KaTeX has loaded. @param {string} tex */
export const plainSymbol = (tex) =>
  tex
    .replace(/\\(bar|tilde|hat)\\?\{?(\w+)\}?/g, "$2")
    .replace(
      /\\(alpha|beta|gamma|lambda|sigma|eta|tau|epsilon|varepsilon)/g,
      (_, name) =>
        ({ alpha: "α", beta: "β", gamma: "γ", lambda: "λ", sigma: "σ", eta: "η", tau: "τ" })[
          /** @type {string} */ (name)
        ] ?? "ε",
    )
    .replace(/[\\{}_^]/g, "");
