// What a page can do before a class: present, play a lesson or write one, show a code for cameras, prove itself. Comes when it is asked for.
import { createPresenting } from "./present.js";
import { ruleOf } from "./rule.js";
import { style } from "./vendor.js";
/** @import { Engine } from "../engine/engine.js" */
/** @import { PageKeys } from "./pagekeys.js" */
/** @import { Player } from "./player.js" */

/**
 * @typedef {object} Needs
 * @property {ReturnType<typeof import("./page.js").createPage>} page
 * @property {Player} player
 * @property {Engine} engine
 * @property {readonly {id: string}[]} listed
 * @property {() => Promise<string>} present the link to what stands there, without a fingerprint and without what is the page's own
 * @property {() => string} url the page's own address, up to its #
 * @property {() => Promise<string>} link to what stands there, whole
 * @property {(fragment: string) => void} go opens another link; a place to come back from
 * @property {(change: PageKeys) => Promise<void>} rekey changes what the address asks of the page; undefined: the key goes
 */

/** @param {Needs} needs */
export function createRoom(needs) {
  const { page, player, rekey } = needs;
  const styled = style(new URL("./room.css", import.meta.url));
  /** @type {PageKeys} */
  let keys = {};
  /** The settings that the link names. @type {string[]} */
  let named = [];

  const presenting = createPresenting({
    player,
    words: page.words,
    onleave: () => void change({ present: undefined }).catch(page.tell.problem),
    turn: () => false,
  });

  function apply() {
    page.keep(ruleOf(keys, named, null));
    presenting.set(keys.present !== undefined);
  }

  /** @param {PageKeys} next */
  async function change(next) {
    keys = { ...keys, ...next };
    await rekey(next);
    apply();
  }

  return {
    /** The address asks this of the page, and this of the engine. @param {PageKeys} asked @param {string} rest @returns {Promise<string>} what the engine is to be asked */
    async enter(asked, rest) {
      await styled;
      keys = asked;
      named = [...new URLSearchParams(rest).keys()];
      apply();
      return rest;
    },
    /** All of it, to choose from. */
    async open() {
      await styled;
    },
    async prove() {
      await styled;
    },
    /** The page speaks another language, or looks different. */
    speak: () => presenting.speak(),
    /** @param {KeyboardEvent} event @returns {boolean} */
    keys: (event) => presenting.keys(event),
  };
}

/** @typedef {ReturnType<typeof createRoom>} Room */
