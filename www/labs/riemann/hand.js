// The hand on the sheet: what it drags is a choice of the moment, asked one at a time, and becomes the link when it lets go.
/** @import { Experiment, Frame } from "../../types.js" */
/** @import { Player } from "../../ui/player.js" */

/** Frames beside those that every pull brings, by tool. @type {Record<string, string[]>} */
const needs = {
  geodesic: ["way", "ways"],
  fan: ["fan"],
  loop: ["round"],
  triangle: ["triangle"],
  circle: ["circle", "compared"],
  orbit: ["orbit"],
  region: ["region", "hole"],
  gradient: ["way", "natural", "ordinary", "logarithmic"],
};
/** While something moves only what moves with it is asked for. @type {Record<string, string[]>} */
const quick = { ...needs, geodesic: ["way"], circle: ["circle"], gradient: ["natural", "ordinary"] };
/** Keys of the experiment that are no values. */
const inputs = ["loop", "paint", "expressions"];

/** @typedef {{[key: string]: number | number[] | [number, number][] | [number, number, number][] | string[]}} Held */

/**
 * @param {Player} player @param {() => void} redraw
 * @param {(values: Experiment["values"], more: Partial<Experiment>) => Promise<unknown>} set
 */
export function createHand(player, redraw, set) {
  /** @type {Held} what the hand holds that the link does not know yet */
  let held = {};
  let waiting = false;
  let busy = false;
  let asking = false;
  let moving = false;
  let known = "";
  /** @type {Record<string, Frame>} */
  let seen = {};

  const place = () => {
    const { status, experiment, pulls } = player.state;
    return status && experiment ? `${experiment.values.tool}|${pulls}|${moving}` : "";
  };
  /** @returns {string[]} */
  const wanted = () => {
    const tool = String(player.state.experiment?.values.tool);
    const whole = ["paint", "expressions"].some((key) => key in held) ? ["sheet", "rulers", "surface"] : [];
    return [...((moving ? quick : needs)[tool] ?? []), ...whole];
  };

  async function look() {
    const at = place();
    asking = true;
    const found = await player.look(wanted()).catch(() => null);
    asking = false;
    known = at;
    if (!found) return;
    seen = { ...(moving ? seen : {}), ...found };
    redraw();
  }

  async function send() {
    busy = true;
    while (waiting) {
      waiting = false;
      await player.act(held, moving ? "moving" : "resting");
    }
    busy = false;
  }

  return {
    isMoving: () => moving,
    /** What it holds that the link does not know. */
    all: () => held,
    /** What a key stands at: in the hand, or in the experiment. @param {string} key @returns {any} */
    value(key) {
      const now = player.state.wanted ?? player.state.experiment;
      if (key in held) return held[key];
      const carried = "held" in held ? ["u", "v", "heading"].indexOf(key) : -1;
      if (carried >= 0 && player.state.status?.start) return player.state.status.start[carried];
      if (inputs.includes(key)) return /** @type {Record<string, any> | null} */ (now)?.[key] ?? [];
      return now?.values[key];
    },
    /** @param {Held} change */
    drag(change) {
      held = { ...held, ...change };
      moving = waiting = true;
      if (!busy) send();
      redraw();
    },
    /** The ant itself, wherever it is on its walk: the engine says where that walk must begin. @param {[number, number]} place @param {number} share */
    carry(place, share) {
      this.drag({ held: [place[0], place[1], share] });
    },
    /** Something else that the sheet shows has moved. */
    touch: redraw,
    /** Until the engine has answered to all that was dragged. */
    async answered() {
      while (busy) await new Promise((done) => setTimeout(done, 10));
    },
    /** The ant is let go. */
    async setDown() {
      await this.answered();
      const start = player.state.status?.start;
      const { held: _, ...rest } = held;
      held = rest;
      if (!start) return this.forget();
      const [u, v, heading] = start.map((x) => Number(x.toFixed(6)));
      await this.drop({ u, v, heading });
    },
    /** Lets go: the link learns of it. @param {Held} [change] */
    async drop(change = {}) {
      const all = { ...held, ...change };
      const split = Object.entries(all);
      moving = false;
      held = all;
      const values = Object.fromEntries(split.filter(([key]) => !inputs.includes(key)));
      const more = Object.fromEntries(split.filter(([key]) => inputs.includes(key)));
      await set(/** @type {Experiment["values"]} */ (values), more);
      if (!moving) held = {};
      redraw();
    },
    /** Whatever is in the hand, is let fall. */
    forget() {
      held = {};
      moving = waiting = false;
    },
    /** @returns {Record<string, Frame>} */
    frames() {
      if (!asking && place() && place() !== known) look();
      return { ...player.state.frames, ...seen };
    },
  };
}

/** @typedef {ReturnType<typeof createHand>} Hand */
