// The router: the address's fragment is the experiment. The only file that changes location and history.
import { describe } from "./engine/descriptions.js";
import { labs as listed } from "./labs/index.js";
import { once } from "./engine/once.js";
import { engine, likely } from "./start.js";
import { begun, createAddress, unframed } from "./ui/address.js";
import { painted, reducedMotion } from "./ui/dom.js";
import { createEditing } from "./ui/editing.js";
import { listenToKeys, pauseWhenHidden } from "./ui/habits.js";
import { ready } from "./ui/lab.js";
import { createPage } from "./ui/page.js";
import { joined, parted } from "./ui/pagekeys.js";
import { createPlayer, isFatal } from "./ui/player.js";
import { requirePageStyle } from "./ui/styles.js";
import { leaveComposing } from "./ui/typing.js";
/** @import { Frame } from "./embed/frame.js" */
/** @import { State } from "./ui/player.js" */

const hash = () => unframed(location.hash.slice(1));
const key = (/** @type {string} */ name) => new URLSearchParams(location.hash.slice(1)).get(name);
/** The page of a lab says which, in which language, and where the first page is. */
const { lab: own, lang: spoken, root: up } = document.documentElement.dataset;
/** What somebody else's page wants of this one: its figure. */
const embed = key("embed");
/** @type {Frame | null} */
let frame = null;
/** Why the page stopped before the frame could say so. @type {Error | null} */
let unsaid = null;
const confess = (/** @type {Error} */ error) => void (frame ? frame.problem(error) : (unsaid = error));
const labs = listed.map((lab) => ({ ...lab, load: () => ready(lab.load()) }));

/** What the address asks of the page itself: the rest of it is the experiment. */
let { keys } = parted(hash());

const player = createPlayer(engine, {
  now: () => performance.now(),
  nextFrame: () => new Promise(requestAnimationFrame),
});
const editing = createEditing({
  player,
  common: () => page.common(),
  parameters: () => page.parameters(),
  onchange: () => page.turn(),
  // One step of undo is one whole change: its address need not wait for a hand to rest.
  ontravel: () => (address.plan(editing.present()), void address.flush()),
  now: () => performance.now(),
});
const page = createPage({
  engine,
  player,
  editing,
  labs,
  asked: {
    lang: key("lang") ?? spoken ?? "auto",
    theme: key("theme") ?? "auto",
    type: key("type") ?? "normal",
    controls: key("controls") ?? "few",
  },
  embed,
  url: () => document.URL,
  link,
  address: async (experiment) => absolute(await engine.format(experiment)),
  async go(experiment) {
    const fragment = `#${await engine.format(experiment)}`;
    // The same address with another network behind it is read once more.
    if (location.hash === fragment) await start();
    else location.hash = fragment;
  },
  on: {
    again: start,
    afresh: () => location.reload(),
    defaults: (fragment) => void (location.hash = `#${fragment}`),
    visit,
    noted() {
      address.plan(editing.present());
      void address.flush();
      void room?.speak();
    },
    teach: () => enterRoom().then((room) => room.open()),
    prove: () => enterRoom().then((room) => room.prove()),
    poke: () => enterRoom().then((room) => room.poke()),
  },
});
/** What the page is asked for may change while the engine writes. @param {import("./types.js").Experiment} experiment */
async function format(experiment) {
  const fragment = await engine.format(experiment);
  return joined(keys, fragment);
}
const address = createAddress({ read: hash, write, format, fail: page.tell.problem });

/** What a page does before a class, once it was asked for. @type {import("./ui/room.js").Room | null} */
let room = null;
const enterRoom = once(async () => {
  const { createRoom } = await import("./ui/room.js");
  return (room = createRoom({
    page,
    player,
    engine,
    present: async () => engine.format(editing.present()),
    url: () => absolute(""),
    link,
    go: (fragment) => void (location.hash = `#${fragment}`),
    async rekey(change) {
      await address.flush();
      keys = parted(joined({ ...keys, ...change }, "")).keys;
      address.rewrite(joined(keys, parted(hash()).rest));
    },
  }));
});

/** A new lab is a place to come back to; a setting is not. @param {string} fragment */
function write(fragment) {
  if (embed) return frame?.wrote(fragment);
  const lab = new URLSearchParams(fragment).get("lab");
  history[(key("lab") ?? lab) === lab ? "replaceState" : "pushState"](null, "", `#${fragment}`);
  resume?.note(fragment, String(lab));
}

/** The lab that this one has a door to, by a link of its own, in this language and these colours. @param {import("./types.js").Visit} draft */
async function visit(draft) {
  const { lab: here, values } = editing.present();
  const lab = String(listed.find(({ id }) => id === here)?.door);
  const looks = Object.fromEntries(["lang", "theme", "type", "controls"].map((key) => [key, values[key]]));
  location.hash = `#${await engine.format({ check: null, pixels: null, ...draft, lab, values: { ...looks, ...draft.values } })}${embed ? `&embed=${embed}` : ""}`;
}

const first = up ? new URL(up, location.href).href : location.href.split("#")[0];
const absolute = (/** @type {string} */ fragment) => `${first}#${fragment}`;
/** @param {string} fragment */
const meant = (fragment) =>
  [own && key("lab") === null && `lab=${own}`, spoken && key("lang") === null && `lang=${spoken}`, fragment]
    .filter(Boolean)
    .join("&");
/** To what stands there, with its fingerprint. */
async function link() {
  const release = await page.hold();
  try {
    // What poked weights came to is nothing that a link could promise.
    const proof = player.state.replay || room?.isPoked() ? null : await player.proof();
    return absolute(await engine.format(proof ?? editing.present()));
  } finally {
    release();
  }
}
/** The page may not live to see another moment of rest: what it has become is for the address now. */
async function save() {
  await address.flush();
  const release = await page.hold();
  address.plan(editing.present());
  await address.flush();
  release();
}

/** How often the address was read: the newest reading counts. */
let readings = 0;
/** The reading whose experiment the player was last given. */
let opened = 0;

/** Experiments of before, for whoever comes back. @type {ReturnType<typeof import("./ui/resume.js").createResume> | null} */
let resume = null;
/** The fragment that somebody came by last. */
let came = "";
/** ms for what belongs to the first picture, before what does not. */
const patience = 2000;
/** Whether what was visited is being kept for a day without a network. */
let kept = false;

/** The figure stands, under its name: whichever of the two came last, the first picture or the frame's own code. */
function framed() {
  frame?.name(page.title());
  void frame?.stands();
}
/** Whether a link has been opened whose first picture does not stand yet. */
let awaited = true;
/** The reading that the page has stopped at: what the experiment of before still does is nothing to be shown, until another link is read. */
let stopped = 0;
player.subscribe((state) => {
  if (state.problem) return answer(state.problem);
  if (stopped && stopped === readings) return;
  page.update(state);
  // Before the first picture nothing is fetched that it can do without.
  if (awaited && state.status) {
    awaited = false;
    void painted().then(
      () => (engine.drawn(), page.equip(), player.refresh(), framed(), setTimeout(later, patience)),
    );
  }
  if (state.status && !state.playing && !state.busy && state.aim === null && !state.replay && !show.unseen())
    address.plan(editing.present());
});

/** What can wait until a picture stands, and comes once. */
function later() {
  if (embed || kept) return;
  kept = true;
  void import("./ui/resume.js")
    .then(({ createResume }) => {
      const { notices, words, parameters } = page;
      resume = createResume({ notices, words, parameters });
      resume.visit(came, editing.present().lab);
    })
    .catch(page.tell.problem);
  void import("./offline/keep.js")
    .then(({ keepOffline }) =>
      keepOffline({
        engine,
        notices: page.notices,
        words: page.words,
        url: location.href.split("#")[0],
        save,
        reload: () => location.reload(),
      }),
    )
    .catch(page.tell.problem);
}

/** @param {Error} error */
function stop(error) {
  stopped = readings;
  page.stop(error);
}

/** A step that went wrong leaves the picture standing; an engine that died does not. @param {Error} error */
function answer(error) {
  player.recover();
  confess(error);
  // What an outdated link came to is nobody's business any more.
  if (opened !== readings && !isFatal(error)) return;
  if (!player.state.status || isFatal(error)) return stop(error);
  page.tell.problem(error);
  player.emit();
}

/** @param {string} lab @param {() => boolean} current */
async function enter(lab, current) {
  const known = await describe(lab);
  if (!current()) return;
  page.know(known);
  await page.enter(lab, current);
}

/** A page that waits for its first picture. @param {string} lab @param {() => boolean} current */
async function raise(lab, current) {
  await enter(lab, current);
  if (!current()) return;
  page.dress();
  page.build();
}

/** Opens what the address says. */
async function start() {
  await open(meant(address.visit()));
}

/** @param {string} fragment @returns {Promise<import("./types.js").Message[]>} what was to be said of it */
async function open(fragment) {
  const mine = ++readings;
  let failed = false;
  const current = () => mine === readings && !failed;
  const visited = parted(fragment);
  ({ keys } = visited);
  try {
    requirePageStyle();
    // Who asks nothing of the page itself waits for nothing of it.
    const plain = !room && !Object.keys(keys).length;
    const wanted = plain ? visited.rest : await (await enterRoom()).enter(keys, visited.rest);
    if (!current()) return [];
    const asked = begun(wanted, listed, page.language());
    const [{ experiment, warnings }] = await Promise.all([
      engine.parse(asked),
      // While the engine reads the first link, the page is made that it most likely means.
      mine === 1 && wanted === visited.rest && raise(likely, current),
    ]);
    if (!current()) return [];
    await enter(experiment.lab, current);
    if (!current()) return [];
    // Who opens a step wants to see that step.
    const plays = experiment.at === null && !reducedMotion();
    show.expect(plays);
    if (experiment.at !== null) await player.pause();
    if (!current()) return [];
    opened = mine;
    awaited = true;
    page.turn();
    const arrived = player.open(experiment, experiment.at === null ? 0 : undefined);
    page.dress();
    page.build();
    frame?.name(page.title());
    page.tell.link(warnings, absolute(asked));
    came = fragment;
    resume?.visit(fragment, experiment.lab);
    await arrived;
    if (!current() || !player.state.status) return warnings;
    page.tell.check(player.state.comparison);
    if (plays) show.play();
    else if (experiment.at !== null) page.invite();
    return warnings;
  } catch (error) {
    const stops = current();
    // What else was under way for this page must not come over what is said now.
    failed = true;
    if (!stops) return [];
    stop(/** @type {Error} */ (error));
    confess(/** @type {Error} */ (error));
    return [];
  }
}

const inEmbed = () => import("./embed/frame.js");
/** The figure alone, its caption and its ear for the page that holds it. */
async function frameUp() {
  const { createFrame } = await inEmbed();
  frame = createFrame({
    engine,
    player,
    editing,
    words: page.words,
    link: absolute,
    open: (fragment) => (address.visit(), open(fragment)),
    host: key("host"),
  });
  if (unsaid) frame.problem(unsaid);
  if (player.state.status && !awaited) framed();
}

const show = pauseWhenHidden(
  player,
  () => void (player.state.status && save().catch(page.tell.problem)),
  embed ? (seen) => inEmbed().then(({ watchSight }) => watchSight(seen)) : undefined,
);
engine.onfailure(confess);
if (embed) frameUp().catch(page.tell.problem);
leaveComposing(window);
listenToKeys({
  travel: editing.travel,
  others: (event) => void (room?.keys(event) || page.keys(event)),
});
window.addEventListener("hashchange", start);
start();
// From here on a failure is heard, and guard.js need not wait for one.
document.documentElement.dataset.listening = "";
