// What a phrase of the notes does: takes the reader along, changes the experiment, and then plays, measures or whatever the lab can.
import { createVisit } from "./visit.js";
/** @import { Experiment, LabSchema } from "../types.js" */
/** @import { Player } from "./player.js" */
/** @import { Words } from "./i18n.js" */

/** @typedef {ReturnType<typeof import("./notes.js").readPhrase>} Phrase */

/**
 * What a lab makes of the phrases of its notes.
 * @typedef {object} Phrases
 * @property {Record<string, Element>} [goals] where a verb, or what a phrase says of where to go, leads; the stage, unless said
 * @property {(phrase: Phrase) => boolean} [beside] whether what it shows on the stage is seen from the text
 * @property {(phrase: Phrase) => Promise<boolean | void>} apply sets what it names; true if that may have moved the goal
 * @property {Record<string, () => unknown>} [verbs]
 */

/**
 * @param {{player: Player, words: Words, stage: Element, claims: Element}} page
 * @param {Phrases} phrases
 */
export function createActing({ player, words, stage, claims }, { goals = {}, beside, apply, verbs = {} }) {
  const visit = createVisit(words);
  /** @type {Record<string, Element>} */
  const places = { measure: claims, ...goals };
  /** @type {Record<string, () => unknown>} */
  const acts = { play: player.play, measure: () => player.measure(), ...verbs };
  let newest = 0;

  /** @param {Phrase} phrase @param {HTMLElement} button */
  async function act(phrase, button) {
    const mine = ++newest;
    const { verb, at, go } = phrase;
    const goal = places[go ?? verb ?? ""] ?? stage;
    const travels = goal !== stage || !beside?.(phrase);
    if (travels) visit.go(goal, button);
    if (at !== null && verb !== "play") await player.pause();
    const moved = await apply(phrase);
    // A phrase that was overtaken by another has nothing more to say.
    if (mine !== newest) return;
    if (travels && moved) visit.arrive(goal);
    if (verb) acts[verb]?.();
  }
  return {
    act,
    element: visit.element,
    /** What was asked before says nothing any more. */
    forget: () => void newest++,
  };
}

/** Every setting but those that a reader has chosen, at its default: a phrase says what it shows from any state of the page.
 * @param {LabSchema} schema @param {Set<string>} kept @returns {Experiment["values"]} */
export const defaults = ({ parameters }, kept) =>
  Object.fromEntries(
    parameters.filter(({ key }) => !kept.has(key)).map((parameter) => [parameter.key, parameter.default]),
  );

/** Where on the timeline. @param {string | null} at a step, "start" or "end" @returns {{at?: number, part?: number}} */
export const place = (at) =>
  at === null ? {} : at === "start" || at === "end" ? { part: at === "start" ? 0 : 1 } : { at: Number(at) };

/** What a lab does that has nothing but settings. @param {LabSchema} schema @param {(values: Experiment["values"], more: Partial<Experiment> & {part?: number}) => unknown} set @returns {Phrases} */
export const plainly = (schema, set) => ({
  async apply({ values, at, more }) {
    const named = Object.keys(values).length > 0;
    if (!named && at === null && !Object.keys(more).length) return;
    await set(named ? { ...defaults(schema, new Set(["seed"])), ...values } : {}, { ...more, ...place(at) });
  },
});

/**
 * How a lab in which networks are trained takes a phrase: what was trained stays, unless the phrase is about it.
 * @param {LabSchema} schema @param {Set<string>} kept the settings that stay
 * @param {(values: Experiment["values"], more: {at?: number, part?: number}) => Promise<unknown>} set
 * @returns {Phrases["apply"]}
 */
export const keeping =
  (schema, kept, set) =>
  async ({ values, at, more }) => {
    const named = Object.keys(values).length > 0;
    if (!named && at === null && !Object.keys(more).length) return;
    await set(named ? { ...defaults(schema, kept), ...values } : {}, { ...more, ...place(at) });
  };
