// Settings under a hand: the session looks at them at once, the link learns of them when the hand lets go.
/** @import { Desk } from "./lab.js" */

/** @param {Pick<Desk<any>, "player" | "edit" | "draw">} desk */
export function createLive({ player, edit, draw }) {
  /** What is held, and not yet part of the experiment. @type {Record<string, number>} */
  let held = {};
  let asking = false;
  let asked = "";

  async function ask() {
    if (asking) return;
    asking = true;
    for (let now = JSON.stringify(held); now !== asked && now !== "{}"; now = JSON.stringify(held)) {
      asked = now;
      // The session reads the settings by their own names.
      await player.act(/** @type {any} */ ({ ...held }), "moving");
    }
    asking = false;
  }

  return {
    /** Whether a hand is at it, so that what is measured may be a moment behind. */
    moving: () => Object.keys(held).length > 0,
    /** All numbers as they are seen now. @returns {Record<string, number>} */
    values() {
      const { wanted, experiment } = player.state;
      const given = (wanted ?? experiment)?.values ?? {};
      return {
        ...Object.fromEntries(Object.entries(given).map(([key, value]) => [key, Number(value)])),
        ...held,
      };
    },
    /** On the way. @param {Record<string, number>} change */
    move(change) {
      held = { ...held, ...change };
      draw();
      ask();
    },
    /** At the end. @param {Record<string, number>} change */
    async settle(change) {
      const all = { ...held, ...change };
      held = all;
      await edit({ values: all });
      held = {};
      asked = "";
      draw();
    },
  };
}

/** @typedef {ReturnType<typeof createLive>} Live */
