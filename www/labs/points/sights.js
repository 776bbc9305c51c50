// Frames that only some views need: asked for when the session stands elsewhere than they do, one request at a time.
import { needs } from "./layers.js";
/** @import { Player } from "../../ui/player.js" */
/** @import { Frames, View } from "./layers.js" */

/** What the panels beside the plane are drawn from. */
const always = ["loss", "sketch"];

/** @param {Player} player @param {() => void} redraw */
export function createSights(player, redraw) {
  /** @type {Frames} */
  let seen = {};
  let known = "";
  let asking = false;

  /** What the frames depend on. */
  const place = () => {
    const { status, experiment, pulls } = player.state;
    return status && experiment
      ? `${experiment.values.view}|${status.at}|${status.computed}|${status.tasks.train?.done}|${pulls}`
      : "";
  };
  async function ask() {
    const [at, view] = [place(), /** @type {View} */ (player.state.experiment?.values.view)];
    asking = true;
    const found = await player.look([...always, ...(needs[view] ?? [])]).catch(() => null);
    asking = false;
    known = at;
    if (!found) return;
    seen = found;
    redraw();
  }
  return {
    /** @param {boolean} training whether the engine's sketch is newer than the particles @returns {Frames} */
    frames(training) {
      if (!asking && place() && place() !== known) ask();
      const frames = { ...player.state.frames, ...seen };
      return training && seen.sketch?.data.length ? { ...frames, x: seen.sketch } : frames;
    },
  };
}
