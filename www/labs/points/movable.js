// What can be moved on the plane: the probe's start among trajectories, the centres of a mixture among particles.
import { ring, without } from "./centres.js";
/** @import { Experiment } from "../../types.js" */
/** @import { Player, State } from "../../ui/player.js" */
/** @import { Point } from "../../ui/sprinkle.js" */
/** @import { Handle } from "./handles.js" */
/** @import { Words } from "./strings.js" */

/**
 * @param {object} needs
 * @param {Player} needs.player
 * @param {Words["t"]} needs.t
 * @param {(change: Experiment["values"], more?: Partial<Experiment>) => unknown} needs.set
 */
export function createMovable({ player, t, set }) {
  let sliding = false;
  /** The paths follow the pointer; the link learns of it when the pointer lets go. @param {Point} to */
  async function slide(to) {
    if (sliding) return;
    sliding = true;
    await player.act({ probe: to }).catch(() => {});
    await player.seek(player.state.status?.at ?? 0);
    sliding = false;
  }

  /** @param {Experiment["values"]} values @returns {Handle} */
  function probe({ probe_x, probe_y }) {
    const place = /** @type {Point} */ ([Number(probe_x), Number(probe_y)]);
    return {
      kind: "probe",
      place,
      label: t("probe.label", { x: place[0], y: place[1] }),
      onslide: slide,
      onmove: ([x, y]) => set({ probe_x: x, probe_y: y }),
    };
  }

  /** @param {Point[]} centres @returns {Handle[]} */
  const handlesOf = (centres) =>
    centres.map((place, i) => ({
      kind: "centre",
      place,
      label: t("centre.label", { n: i + 1, x: place[0].toFixed(2), y: place[1].toFixed(2) }),
      onmove: (to) => set({}, { points: centres.with(i, to) }),
      ondelete: () => set({}, { points: without(centres, i) }),
    }));

  /** @param {State} state @returns {Handle[]} */
  return function movable({ experiment, wanted }) {
    const now = wanted ?? experiment;
    if (!now) return [];
    if (now.values.view === "trajectories" && now.values.journey !== "both") return [probe(now.values)];
    return holdsCentres(now) ? handlesOf(now.points ?? ring()) : [];
  };
}

/** Whether the plane shows a mixture that can be pushed about. @param {Experiment} experiment */
export const holdsCentres = ({ values }) => values.data === "mixture" && values.view === "particles";
