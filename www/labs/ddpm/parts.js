// What the three pictures of the stage are: the model's belief, or, while the building falls, the truth.
import { amplitudes } from "../../ui/schedule.js";
import { pictureOf } from "./pictures.js";
/** @import { State } from "../../ui/player.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Picture } from "../../views/stamp.js" */

/** Is the real building known to be part of what stands? @param {State} state */
export const hasTruth = ({ status, frames, experiment }) =>
  status?.phase === "demolish" && experiment?.values.journey !== "invert" && Boolean(frames.picture);

/**
 * x_t = A x_0 + B ε. Belief: the pictures are x̂_0 and ε̂, to be multiplied. Truth: they are A x_0 and B ε already,
 * in one scale with x_t, so that they add up to the eye. What the model believes is not known before there is a model.
 * @param {State} state @param {Palette} palette @param {boolean} truth
 * @returns {{x: Picture, x0: Picture | null, eps: Picture | null, building: number, rubble: number}}
 */
export function parts({ frames, status, selected }, { picture, signed }, truth) {
  const { building, rubble } = amplitudes(frames, status?.t ?? 0);
  const x = pictureOf(frames.x, selected, picture);
  if (!truth)
    return {
      x,
      x0: frames.x0 ? pictureOf(frames.x0, selected, picture) : null,
      eps: frames.eps ? pictureOf(frames.eps, selected, signed) : null,
      building,
      rubble,
    };
  const faded = pictureOf(frames.picture, 0, picture);
  const values = Float32Array.from(faded.values, (value) => building * value);
  return {
    x,
    x0: { ...faded, values },
    eps: { ...x, values: Float32Array.from(x.values, (value, i) => value - values[i]) },
    building,
    rubble,
  };
}
