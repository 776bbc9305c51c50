// The centres of the mixture: where they stand when nobody placed them, and how one is added, moved, taken away.
/** @import { Point } from "../../ui/sprinkle.js" */

/** More could not be told apart on the plane. */
export const mostCentres = 24;

/** As the engine has it: eight on the circle whose points have variance one. @returns {Point[]} */
export const ring = () =>
  Array.from({ length: 8 }, (_, i) => [
    Math.SQRT2 * Math.cos((Math.PI * i) / 4),
    Math.SQRT2 * Math.sin((Math.PI * i) / 4),
  ]);

/** @param {Point[]} centres @param {Point} centre */
export const withOne = (centres, centre) => (centres.length < mostCentres ? [...centres, centre] : centres);
/** The last one stays: without a centre there is no mixture. @param {Point[]} centres @param {number} index */
export const without = (centres, index) => (centres.length > 1 ? centres.toSpliced(index, 1) : centres);
