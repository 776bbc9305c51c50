// What a page can do before a class: present, play a lesson or write one, show a code for cameras, prove itself. Comes when it is asked for.
import { h } from "./dom.js";
import { createDock } from "./lesson-dock.js";
import { mostPacked, packLesson, readStream } from "./lesson-file.js";
import { faultOf, fromFile, lessonFrom, shipped } from "./lesson-sources.js";
import { joined, parted } from "./pagekeys.js";
import { createPresenting } from "./present.js";
import { ruleOf } from "./rule.js";
import { strings as pokes } from "./strings-poke.js";
import { createTeach } from "./teach.js";
import { style } from "./vendor.js";
/** @import { Engine } from "../engine/engine.js" */
/** @import { Lesson } from "./lesson-file.js" */
/** @import { PageKeys } from "./pagekeys.js" */
/** @import { Player } from "./player.js" */

/**
 * @typedef {object} Needs
 * @property {ReturnType<typeof import("./page.js").createPage>} page
 * @property {Player} player
 * @property {Engine} engine
 * @property {() => Promise<string>} present the link to what stands there, without a fingerprint and without what is the page's own
 * @property {() => string} url the page's own address, up to its #
 * @property {() => Promise<string>} link to what stands there, whole
 * @property {(fragment: string) => void} go opens another link; a place to come back from
 * @property {(change: PageKeys) => Promise<void>} rekey changes what the address asks of the page; undefined: the key goes
 */

/** How a page looks is kept from step to step. */
const looks = ["lang", "theme", "type", "device"];
/** What a link says of itself or of the page is no setting that one is to see. */
const silent = new Set([...looks, "v", "lab", "at", "check", "z", "controls", "prompt"]);
/** @param {string} rest @param {(key: string) => boolean} keep */
const picked = (rest, keep) =>
  rest
    .split("&")
    .filter((pair) => pair && keep(pair.split("=")[0]))
    .join("&");
const looksOf = (/** @type {string} */ rest) => picked(rest, (key) => looks.includes(key));

/** @param {Needs} needs */
export function createRoom(needs) {
  const { page, player, rekey, go } = needs;
  const { words, tell, notices } = page;
  const styled = style(new URL("./room.css", import.meta.url));
  /** @type {PageKeys} */
  let keys = {};
  /** The settings that the link names. @type {string[]} */
  let named = [];
  let rest = "";
  /** The lesson that is given, under the name that the address has for it. @type {{name: string, lesson: Lesson} | null} */
  let given = null;
  let step = 0;
  /** Where a preview leads back to. @type {import("./lesson-desk.js").Desk | null} */
  let desk = null;

  /** @type {Promise<{open: () => void}> | null} */
  let proof = null;

  const fail = (/** @type {unknown} */ error) =>
    notices.say(words(), faultOf(words(), error), { key: "lesson", level: "warning" });

  const presenting = createPresenting({
    player,
    words,
    onleave: () => void change({ present: undefined }).catch(tell.problem),
    turn: (way) => dock.turn(way),
  });
  const dock = createDock({
    player,
    words,
    onstep: (next) => at(next),
    onreveal: (link) => go(joined(keys, [link, looksOf(rest)].filter(Boolean).join("&"))),
    onleave() {
      if (desk?.previews()) return desk.back();
      void leaveLesson().catch(tell.problem);
    },
    onback: () => (desk?.previews() ? desk.name() : null),
  });
  const teach = createTeach({
    words,
    link: async () =>
      given && given.name !== fromFile ? `${needs.url()}${joined(keys, looksOf(rest))}` : needs.link(),
    onpresent() {
      void presenting.fill();
      void change({ present: "1" }).catch(tell.problem);
    },
    onlesson: (name) => begin(name),
    onfile: (file) => void readStream(file.stream()).then(give).catch(fail),
    onwrite: () => void write().catch(tell.problem),
  });

  /** @param {number} next */
  const at = (next) => go(joined({ ...keys, step: String(next + 1) }, looksOf(rest)));
  /** @param {string} name */
  function begin(name) {
    // The first step of another lesson, even of one with the same name.
    if (name !== given?.name) given = null;
    go(joined({ ...keys, hide: undefined, lock: undefined, lesson: name, step: "1" }, looksOf(rest)));
  }
  /** A lesson that somebody has in their hands; in the address, if it is short enough. @param {Lesson} lesson */
  async function give(lesson) {
    const packed = await packLesson(lesson);
    const name = packed.length <= mostPacked ? packed : fromFile;
    notices.drop("lesson");
    begin(name);
    given = { name, lesson };
  }

  function leaveLesson() {
    given = null;
    return change({ lesson: undefined, step: undefined });
  }

  async function write() {
    const { createDesk } = await import("./lesson-desk.js");
    desk ??= createDesk({
      page,
      player,
      words,
      present: needs.present,
      url: needs.url,
      give,
      leave: leaveLesson,
      go: (link) => go([link, looksOf(rest)].filter(Boolean).join("&")),
    });
    // What somebody was sent is there to be gone on with.
    if (given && !Object.hasOwn(shipped, given.name)) desk.take(given.lesson);
    given = null;
    await change({ present: undefined, lesson: undefined, step: undefined });
    desk.open();
  }

  /** The lesson of the address, if it is another one than before. @returns {Promise<void>} */
  async function fetchLesson() {
    const name = keys.lesson;
    if (name === undefined) given = null;
    else if (given?.name !== name) {
      given = null;
      const lesson = await lessonFrom(words(), name);
      given = lesson && { name, lesson };
    }
  }

  /** Whether the weights in use are others than those that ship. */
  let poked = false;
  let stood = -1;
  function apply() {
    const now = given?.lesson.steps[step] ?? null;
    page.keep(ruleOf(keys, named, now));
    presenting.set(keys.present !== undefined);
    // Somebody opened another lesson than the one that is written there.
    if (given && !desk?.previews()) desk?.close();
    if (given) dock.show(given.lesson, step, stood === step);
    else dock.hide();
    stood = given ? step : -1;
  }

  /** @param {PageKeys} next */
  async function change(next) {
    keys = { ...keys, ...next };
    await rekey(next);
    apply();
  }

  return {
    /** The address asks this of the page, and this of the engine. @param {PageKeys} asked @param {string} wanted @returns {Promise<string>} what the engine is to be asked */
    async enter(asked, wanted) {
      await styled;
      keys = asked;
      rest = wanted;
      named = [...new URLSearchParams(wanted).keys()].filter((key) => !silent.has(key));
      try {
        await fetchLesson();
      } catch (error) {
        fail(error);
      }
      // Who would rather not, or cannot, sees what the rest of the link says.
      if (!given && keys.lesson !== undefined) void change({ lesson: undefined, step: undefined });
      const last = given ? given.lesson.steps.length : 1;
      step = Math.min(Math.max(Math.trunc(Number(keys.step)) || 1, 1), last) - 1;
      apply();
      if (keys.verify !== undefined) void prove().catch(tell.problem);
      // The address says more only after something was done in the step.
      if (!given || picked(wanted, (key) => !looks.includes(key))) return wanted;
      return [parted(given.lesson.steps[step].link).rest, looksOf(wanted)].filter(Boolean).join("&");
    },
    /** All of it, to choose from. */
    async open() {
      await styled;
      rest ||= looksOf(await needs.present());
      await teach.open();
    },
    prove,
    isPoked: () => poked,
    /** Turns a weight of the network on the stage, and opens what stands there anew; or turns it back. */
    async poke() {
      const { status, wanted } = player.state;
      const model = (status?.model ?? "").split(" ")[0];
      if (!model || !wanted || !status) return;
      const done = await needs.engine.poke(model);
      poked = done !== null;
      notices.drop("poke");
      await player.open({ ...wanted, at: status.at, check: null });
      const { t } = words().with(pokes);
      if (!done) return notices.say(words(), t("poke.undone"), { key: "poke", fleeting: true });
      const back = h(
        "button",
        { type: "button", class: "button", onclick: () => void this.poke().catch(tell.problem) },
        t("poke.back"),
      );
      notices.say(words(), t("poke.done", { tensor: done.tensor }), { key: "poke", body: h("p", {}, back) });
    },
    /** The page speaks another language, or looks different. */
    async speak() {
      rest = looksOf(await needs.present());
      presenting.speak();
      dock.speak();
      desk?.speak();
    },
    /** @param {KeyboardEvent} event @returns {boolean} */
    keys: (event) => presenting.keys(event),
  };

  async function prove() {
    await styled;
    proof ??= Promise.all([import("./prove.js"), import("./measure.js")]).then(
      ([{ createProof }, measuring]) =>
        createProof(
          words,
          () => keys.verify !== undefined && void change({ verify: undefined }).catch(tell.problem),
          measuring,
        ),
    );
    proof.catch(() => (proof = null));
    (await proof).open();
  }
}

/** @typedef {ReturnType<typeof createRoom>} Room */
