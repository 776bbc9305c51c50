// The router: the address's fragment is the experiment. The only file that changes location and history.
import { engine } from "./engine/start.js";
import { labs } from "./labs/index.js";
import { fill, reducedMotion } from "./ui/dom.js";
import { changed } from "./ui/edit.js";
import { head, menu } from "./ui/head.js";
import { createHistory } from "./ui/history.js";
import { createWords, pickLanguage } from "./ui/i18n.js";
import { loading, problem } from "./ui/loading.js";
import { createNotices } from "./ui/notices.js";
import { createPlayer } from "./ui/player.js";
import { createHelp } from "./ui/popover.js";
import { copyLink, savePng } from "./ui/share.js";
import { createTeller } from "./ui/tell.js";
import { titleblock } from "./ui/titleblock.js";
import { readPalette } from "./views/palette.js";
/** @import { Experiment, LabSchema, Notice, Schema } from "./types.js" */

const root = document.documentElement;
const [header, main, skip] = ["head", "main", "skip"].map(
  (id) => /** @type {HTMLElement} */ (document.getElementById(id)),
);
const peek = (/** @type {string} */ key) => new URLSearchParams(location.hash.slice(1)).get(key) ?? "auto";
const dark = matchMedia("(prefers-color-scheme: dark)");
const player = createPlayer(engine, {
  now: () => performance.now(),
  nextFrame: () => new Promise(requestAnimationFrame),
});
const notices = createNotices();
const help = createHelp();

let words = createWords(pickLanguage(peek("lang"), navigator.languages));
const tell = createTeller(notices, () => words);
let palette = readPalette(root);
/** @type {Schema} */
let schema;
/** @type {Experiment} */
let current;
/** @typedef {Awaited<ReturnType<typeof labs[number]["load"]>>} Lab */
/** @type {Lab} */
let made;
/** @type {string | null} the lab that `made` is */
let madeId = null;
/** @type {ReturnType<Lab["mount"]> | null} */
let lab = null;
const changes = createHistory(() => performance.now());
/** @type {ReturnType<typeof titleblock> | null} */
let block = null;
/** @type {Notice} */
let reason = { key: "why.start", level: "quiet" };
let equipped = false;
let saving = 0;

const description = () =>
  /** @type {LabSchema} */ (schema.labs.find(({ id }) => id === current.lab) ?? schema.labs[0]);
const absolute = (/** @type {string} */ fragment) => `${location.href.split("#")[0]}#${fragment}`;

/** The canonical fragment of what is on the screen. @param {{check?: string | null}} [extra] */
function fragment(extra) {
  const now = present();
  return engine.format({ ...now, check: player.state.checkedAt === now.at ? current.check : null, ...extra });
}
const link = async () => absolute(await fragment({ check: await player.fingerprint() }));

async function writeAddress() {
  const now = await fragment();
  if (location.hash.slice(1) === now) return;
  // A new lab is a place to come back to; a setting is not.
  const place = current.lab !== (new URLSearchParams(location.hash.slice(1)).get("lab") ?? current.lab);
  history[place ? "pushState" : "replaceState"](null, "", `#${now}`);
}

/** @param {Partial<Experiment> & {part?: number}} change part: the share of the journey to stand at */
function edit({ part, ...change }) {
  const { keys } = Object;
  const before = present();
  current = changed(before, change, [...schema.common, ...description().parameters]);
  changes.add(
    before,
    keys(change)
      .flatMap((key) => (key === "values" ? keys(change.values ?? {}) : key))
      .join(),
  );
  return reopen(part);
}

/** The experiment as it is on the screen: what is looked at is the player's to know. @returns {Experiment} */
function present() {
  const { status, selected, track } = player.state;
  const looked = Object.entries({ selected, track }).filter(([key]) => key in current.values);
  return {
    ...current,
    at: status?.at ?? current.at,
    values: { ...current.values, ...Object.fromEntries(looked) },
  };
}

/** @param {"undo" | "redo"} way */
function travel(way) {
  const there = changes[way](present());
  if (!there) return;
  const page = Object.fromEntries(schema.common.map(({ key }) => [key, current.values[key]]));
  current = { ...there, values: { ...there.values, ...page } };
  return reopen();
}

/** @param {number} [part] */
function reopen(part) {
  markHistory();
  notices.drop("check");
  notices.drop("problem");
  return player.open(current, part);
}

function markHistory() {
  for (const way of ["undo", "redo"]) {
    const button = header.querySelector(`[data-tool=${way}]`);
    button?.toggleAttribute("disabled", !(way === "undo" ? changes.canUndo() : changes.canRedo()));
  }
}

/** What a session has become by being worked on, for the link; nothing is opened anew. @param {Experiment["values"]} values */
function note(values) {
  current = { ...current, check: null, values: { ...current.values, ...values } };
  player.note(current, values);
}

/** Settings of the page itself need no new trajectory. @param {"lang" | "theme" | "device"} key @param {string} value */
function editPage(key, value) {
  current = { ...current, values: { ...current.values, [key]: value } };
  player.note(current, { [key]: value });
  if (key === "lang") build();
  if (key === "theme") dressTheme();
  if (key === "device") engine.use(value);
  player.emit();
  writeAddress();
}

function dressTheme() {
  const choice = String(current?.values.theme ?? peek("theme"));
  root.dataset.theme = choice === "light" || choice === "dark" ? choice : dark.matches ? "dark" : "light";
  palette = readPalette(root);
  lab?.repaint();
}

/** Everything with words in it, in the language of the moment. */
function build() {
  words = createWords(pickLanguage(String(current.values.lang), navigator.languages));
  const title = words.pick(description().title);
  root.lang = words.language === "zh" ? "zh-Hans" : "en";
  document.title = `${words.t("site.name")} · ${title}`;
  skip.textContent = words.t("skip");
  fill(
    header,
    ...head(
      words,
      title,
      String(current.values.theme),
      {
        onlang(lang) {
          editPage("lang", lang);
          /** @type {HTMLElement | null} */ (header.querySelector("[data-tool=lang]"))?.focus();
        },
        ontheme: (theme) => editPage("theme", theme),
        oncopy: () => copyLink(words, notices, link),
        onsave: () =>
          savePng(words, notices, async () =>
            /** @type {NonNullable<typeof lab>} */ (lab).plate(await link()),
          ),
        onundo: () => travel("undo"),
        onredo: () => travel("redo"),
      },
      menu(words, schema, current.lab),
      description().line ?? made.line,
    ),
  );
  markHistory();
  lab?.destroy();
  block = titleblock(words, description(), (device) => editPage("device", device));
  block.explain(reason);
  lab = made.mount({
    words,
    schema: description(),
    galleries: schema.galleries,
    player,
    help,
    palette: () => palette,
    edit,
    note,
    gallery: engine.gallery,
    titleblock: block.element,
  });
  if (player.state.status) fill(main, ...lab.elements);
  player.emit();
  if (equipped) lab.later();
}

player.subscribe((state) => {
  if (state.problem) return answer(state.problem);
  if (!state.status) return waiting.prepare(state.busy);
  if (!lab || !block) return;
  if (!lab.elements[0].isConnected) fill(main, ...lab.elements);
  block.update(state, lab.scale());
  tell.session(state.status.warnings);
  if (state.playing || state.busy || state.aim !== null) return;
  clearTimeout(saving);
  saving = setTimeout(() => writeAddress().catch(() => {}), 300);
});

/** A step that went wrong leaves the picture standing; an engine that died does not. @param {Error} error */
function answer(error) {
  player.state.problem = null;
  current = player.state.experiment ?? current;
  if (!player.state.status || /RuntimeError|WorkerError/.test(error.name)) return stop(error);
  tell.problem(error);
  player.emit();
}

/** @param {Error} error */
function stop(error) {
  fill(
    main,
    problem(words, error, document.URL, {
      async onretry() {
        // A trapped engine or a worker that never started answers nothing any more; the link holds everything.
        if (/RuntimeError|WorkerError/.test(error.name)) return location.reload();
        fill(main, waiting.element);
        await engine.retry();
        start();
      },
      ondefaults: () => void (location.hash = `#v=${schema?.v ?? 1}&lang=${words.language}`),
    }),
  );
}

/** How often the address was read: the newest reading counts. */
let starts = 0;

/** Opens what the address says. */
async function start() {
  const mine = ++starts;
  const asked = location.hash;
  try {
    const [known, parsed] = await Promise.all([engine.schema(), engine.parse(asked)]);
    if (mine !== starts) return;
    schema = known;
    current = parsed.experiment;
    await enter(current.lab, mine);
    if (mine !== starts) return;
    dressTheme();
    build();
    tell.link(parsed.warnings, absolute(asked.slice(1)));
    notices.drop("check");
    // Who opens a step wants to see that step.
    if (current.at !== null) await player.pause();
    await player.open(current, current.at === null ? 0 : undefined);
    if (!player.state.status) return;
    tell.check(player.state.comparison);
    if (current.at === null && !reducedMotion() && !document.hidden) player.play();
    if (!equipped) lab?.later();
    equipped = true;
  } catch (error) {
    stop(/** @type {Error} */ (error));
  }
}

/** Fetches the lab and clears the table if it is another one. @param {string} id @param {number} reading of the address */
async function enter(id, reading) {
  if (madeId === id) return;
  const loaded = await (labs.find((lab) => lab.id === id) ?? labs[0]).load();
  if (reading !== starts) return;
  [made, madeId] = [loaded, id];
  const { prepares, measures } = description();
  lab?.destroy();
  lab = null;
  changes.clear();
  player.watch({ ...made.watched, prepares, measures });
  equipped = false;
  fill(main, waiting.element);
}

let resume = false;
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return void (resume && player.play());
  resume = player.state.playing;
  player.pause();
});
dark.addEventListener("change", dressTheme);
document.addEventListener("keydown", (event) => {
  const typing = /** @type {Element} */ (event.target).closest?.(
    "input:not([type=range], [type=radio], [type=checkbox]), textarea, [contenteditable]",
  );
  const way =
    /^z$/i.test(event.key) && (event.ctrlKey || event.metaKey) && !typing
      ? event.shiftKey
        ? "redo"
        : "undo"
      : null;
  if (!way) return lab?.keys(event);
  event.preventDefault();
  travel(way);
});
window.addEventListener("hashchange", start);
skip.addEventListener("click", () =>
  /** @type {HTMLElement | null} */ (main.querySelector(".stage"))?.focus());

const waiting = loading(words);
engine.onprogress(waiting.update);
engine.onnotice((notice) => {
  reason = notice;
  block?.explain(notice);
  tell.engine(notice);
  player.refresh().catch(() => {});
});
header.after(notices.element);
fill(main, waiting.element);
start();
