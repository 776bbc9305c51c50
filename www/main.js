// The router: the address's fragment is the experiment. The only file that touches location and history.
import { engine } from "./engine/start.js";
import { labs } from "./labs/index.js";
import { calm, fill, h } from "./ui/dom.js";
import { head } from "./ui/head.js";
import { createWords, pickLanguage } from "./ui/i18n.js";
import { loading, problem } from "./ui/loading.js";
import { createNotices } from "./ui/notices.js";
import { number } from "./ui/format.js";
import { createPlayer } from "./ui/player.js";
import { createHelp } from "./ui/popover.js";
import { copyLink, savePng } from "./ui/share.js";
import { titleblock } from "./ui/titleblock.js";
import { readPalette } from "./views/palette.js";
/** @import { Experiment, Notice, Schema } from "./types.js" */

const root = document.documentElement;
const [header, main, skip] = ["head", "main", "skip"].map((id) => /** @type {HTMLElement} */ (document.getElementById(id)));
const peek = (/** @type {string} */ key) => new URLSearchParams(location.hash.slice(1)).get(key) ?? "auto";
const dark = matchMedia("(prefers-color-scheme: dark)");
const player = createPlayer(engine, { now: () => performance.now(), nextFrame: () => new Promise(requestAnimationFrame) });
const notices = createNotices();
const help = createHelp();
header.after(notices.element);

let words = createWords(pickLanguage(peek("lang"), navigator.languages));
let palette = readPalette(root);
/** @type {Schema} */
let schema;
/** @type {Experiment} */
let current;
/** @type {ReturnType<typeof labs[number]["mount"]> | null} */
let lab = null;
/** @type {ReturnType<typeof titleblock> | null} */
let block = null;
/** @type {Notice} */
let reason = { key: "why.start", level: "quiet" };
let later = false;
let saving = 0;

function dressTheme() {
  const choice = String(current?.values.theme ?? peek("theme"));
  root.dataset.theme = choice === "light" || choice === "dark" ? choice : dark.matches ? "dark" : "light";
  palette = readPalette(root);
  lab?.repaint();
}
dark.addEventListener("change", dressTheme);

const waiting = loading(words);
engine.onprogress(waiting.update);
engine.onnotice((notice) => {
  reason = notice;
  block?.explain(notice);
  const text = () => words.t(/** @type {"why.start"} */ (notice.key), { detail: notice.detail ?? "" });
  if (notice.level !== "quiet") notices.say(words, text(), { key: "engine", level: notice.level, fleeting: notice.level === "info" });
});

/** The canonical link of what is on the screen. @param {{check?: string | null}} [extra] */
const linkOf = (extra = {}) => {
  const { status, selected, checkedAt } = player.state;
  const at = status?.at ?? current.at;
  const check = checkedAt === at ? current.check : null;
  return engine.format({ ...current, values: { ...current.values, selected }, at, check, ...extra });
};
const absolute = (/** @type {string} */ fragment) => `${location.href.split("#")[0]}#${fragment}`;

/** A new lab is a place to come back to; a setting is not. @param {boolean} place */
async function writeAddress(place) {
  const fragment = await linkOf();
  if (location.hash.slice(1) !== fragment) history[place ? "pushState" : "replaceState"](null, "", `#${fragment}`);
}

/** @param {Partial<Experiment> & {part?: number}} change */
function edit({ values = {}, part, ...rest }) {
  const known = [...schema.common, ...(schema.labs.find(({ id }) => id === current.lab)?.parameters ?? [])];
  const typed = Object.fromEntries(Object.entries(values).map(([key, value]) => {
    const kind = known.find((parameter) => parameter.key === key)?.kind;
    return [key, kind === "integer" || kind === "number" ? Number(value) : String(value)];
  }));
  current = { ...current, at: null, check: null, ...rest, values: { ...current.values, selected: player.state.selected, ...typed } };
  notices.drop("check");
  return player.open(current, part);
}

/** Settings of the page itself need no new trajectory. @param {"lang" | "theme" | "device"} key @param {string} value */
function editPage(key, value) {
  current = { ...current, values: { ...current.values, [key]: value } };
  player.state.experiment = current;
  if (key === "lang") build();
  if (key === "theme") dressTheme();
  if (key === "device") engine.use(value);
  player.emit();
  writeAddress(false);
}

function build() {
  words = createWords(pickLanguage(String(current.values.lang), navigator.languages));
  root.lang = words.language === "zh" ? "zh-Hans" : "en";
  const description = /** @type {import("./types.js").LabSchema} */ (schema.labs.find(({ id }) => id === current.lab));
  document.title = `${words.t("site.name")} · ${words.pick(description.title)}`;
  skip.textContent = words.t("skip");
  fill(header, ...head(words, words.pick(description.title), { lang: words.language, theme: String(current.values.theme) }, {
    onlang: (lang) => {
      editPage("lang", lang);
      /** @type {HTMLElement | null} */ (header.querySelector("[data-tool=lang]"))?.focus();
    },
    ontheme: (theme) => editPage("theme", theme),
    oncopy: () => copyLink(words, notices, async () => absolute(await linkOf({ check: await player.fingerprint() }))),
    onsave: () => savePng(words, notices, async () => {
      const link = absolute(await linkOf({ check: await player.fingerprint() }));
      return { .../** @type {NonNullable<typeof lab>} */ (lab).plate(link), link };
    }),
  }));
  lab?.destroy();
  block = titleblock(words, description, (device) => editPage("device", device));
  block.explain(reason);
  const maker = labs.find(({ id }) => id === current.lab) ?? labs[0];
  lab = maker.mount({ words, schema: description, player, help, palette: () => palette, edit, gallery: () => engine.gallery(), titleblock: block.element });
  if (player.state.status) fill(main, ...lab.elements);
  player.emit();
  if (later) lab.later();
}

player.subscribe((state) => {
  if (state.problem) return answerProblem(state.problem);
  if (!state.status || !lab || !block) return;
  if (!lab.elements[0].isConnected) fill(main, ...lab.elements);
  block.update(state, lab.scale());
  for (const { key, ...text } of state.status.warnings) {
    if (!told.has(key)) notices.say(words, words.pick(text), { key: `status.${key}`, level: "warning" });
    told.add(key);
  }
  if (state.comparison && !later) showCheck();
  if (!state.playing && !state.busy) {
    clearTimeout(saving);
    saving = setTimeout(() => writeAddress(false).catch(() => {}), 300);
  }
});
/** @type {Set<string>} */
const told = new Set();

function showCheck() {
  const { comparison } = player.state;
  if (!comparison) return;
  const values = { rms: number(comparison.rms, 2), tolerance: number(comparison.tolerance, 2), why: words.pick(comparison.message) };
  const good = comparison.verdict === "exact" || comparison.verdict === "close";
  notices.say(words, words.t(`check.${comparison.verdict}`, values), { key: "check", level: good ? "info" : "warning" });
}

/** A step that went wrong leaves the picture standing; an engine that died does not. @param {Error} error */
function answerProblem(error) {
  player.state.problem = null;
  if (!player.state.status || /RuntimeError|WorkerError/.test(error.name)) return stopped(error);
  notices.say(words, words.t("problem.other", { why: error.message }), { key: "problem", level: "warning" });
  player.emit();
}

/** @param {Error} error */
function stopped(error) {
  fill(main, problem(words, error, {
    onretry: async () => {
      fill(main, waiting.element);
      await engine.retry();
      start();
    },
    ondefaults: () => void (location.hash = `#v=1&lang=${words.language}`),
  }));
}

/** Opens what the address says. */
async function start() {
  const asked = location.hash;
  try {
    const [description, parsed] = await Promise.all([engine.schema(), engine.parse(asked)]);
    schema = description;
    current = parsed.experiment;
    dressTheme();
    build();
    if (parsed.warnings.length) {
      const list = h("ul", {}, parsed.warnings.map((text) => h("li", {}, words.pick(text))));
      const kept = h("input", { type: "text", readonly: true, class: "link", value: absolute(asked.slice(1)), "aria-label": words.t("problem.keep") });
      notices.say(words, words.t("warnings.title"), { key: "link", level: "warning", body: h("div", {}, list, words.t("problem.keep"), " ", kept) });
    } else notices.drop("link");
    await player.open(current.at === null ? { ...current, at: 0 } : current);
    showCheck();
    if (!player.state.status) return;
    if (current.at === null && !calm() && document.visibilityState === "visible") player.play();
    if (!later) lab?.later();
    later = true;
  } catch (error) {
    stopped(/** @type {Error} */ (error));
  }
}

let hiddenWhilePlaying = false;
document.addEventListener("visibilitychange", () => {
  if (document.hidden) (hiddenWhilePlaying = player.state.playing) && player.pause();
  else if (hiddenWhilePlaying) player.play();
});
document.addEventListener("keydown", (event) => lab?.keys(event));
window.addEventListener("hashchange", start);
skip.addEventListener("click", () => /** @type {HTMLElement | null} */ (main.querySelector(".stage"))?.focus());

fill(main, waiting.element);
start();
