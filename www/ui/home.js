// "Take it home": what there is to take along, in a dialog of four leaves, each fetched when it is opened; and tables saved from where they are shown.
import { saveText } from "./csv.js";
import { crossButton, fill, h, write } from "./dom.js";
import { family } from "./i18n.js";
import { strings } from "./strings-home.js";
import { common, csvOf, frameRows, readoutRows } from "./tables.js";
import { homeStyle } from "./vendor.js";
/** @import { Experiment, Home, LabSchema, Mounted } from "../types.js" */
/** @import { Engine } from "../engine/engine.js" */
/** @import { Player } from "./player.js" */

const leaves = /** @type {const} */ (["numbers", "network", "film", "runs"]);
const leafName = family("home", leaves);
/** @typedef {typeof leaves[number]} Leaf */

/**
 * @typedef {object} Needs
 * @property {import("./i18n.js").Words} words
 * @property {Engine} engine
 * @property {Player} player
 * @property {LabSchema} schema
 * @property {() => Mounted | null} lab
 * @property {readonly {id: string, runs?: {kind: string, code: () => Promise<import("./home-network.js").Guest>}}[]} labs
 * @property {() => Promise<string>} link to what stands there
 * @property {(link: string) => Promise<{canvas: HTMLCanvasElement, title: string, name: string}>} plate
 * @property {() => import("../views/palette.js").Palette} palette
 * @property {<T>(work: () => Promise<T>) => Promise<T>} light while it works the page is in its light colours, unseen
 * @property {(experiment: Experiment) => Promise<void>} go to another experiment, as by its link
 * @property {(experiment: Experiment) => Promise<string>} address the whole link of an experiment
 */
/** @typedef {ReturnType<typeof prepared>} Desk */
/** @typedef {{element: Element, show?: () => unknown, stop?: () => void, bring?: (file: File) => Promise<void>}} Sheet */

/** @param {Needs} needs */
const prepared = (needs) => ({ ...needs, words: needs.words.with(strings) });

/** @type {Record<Leaf, () => Promise<{create: (desk: Desk) => Sheet}>>} */
const code = {
  numbers: () => import("./home-numbers.js"),
  network: () => import("./home-network.js"),
  film: () => import("./home-film.js"),
  runs: () => import("./home-runs.js"),
};

/** @param {Needs} needs @returns {Promise<Home>} */
export async function createHome(needs) {
  await homeStyle();
  const desk = prepared(needs);
  const { words } = desk;
  const { t } = words;
  /** @type {Partial<Record<Leaf, Sheet>>} */
  const sheets = {};
  const place = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-labelledby": "home-title" });
  const radios = leaves.map((value) =>
    h("input", { type: "radio", name: "home-leaf", value, onchange: () => show(value) }),
  );
  const dialog = h(
    "dialog",
    { class: "dialog card home", "aria-labelledby": "home-title" },
    h(
      "header",
      {},
      h("h2", { id: "home-title" }, t("home.title")),
      crossButton(t("close"), () => void dialog.close()),
    ),
    h(
      "div",
      { class: "segments", role: "radiogroup", "aria-label": t("home.title") },
      radios.map((radio, i) => h("label", {}, radio, h("span", {}, t(leafName[leaves[i]])))),
    ),
    place,
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    for (const sheet of Object.values(sheets)) sheet.stop?.();
  });
  document.body.append(dialog);

  /** @param {Leaf} leaf */
  async function show(leaf) {
    for (const radio of radios) radio.checked = radio.value === leaf;
    const said = h("p", { role: "status" }, t("home.fetching"));
    fill(place, said);
    try {
      const sheet = (sheets[leaf] ??= (await code[leaf]()).create(desk));
      if (!radios.some((radio) => radio.checked && radio.value === leaf)) return;
      fill(place, sheet.element);
      await sheet.show?.();
    } catch (error) {
      write(said, t("home.failed", { why: /** @type {Error} */ (error).message }));
      fill(place, said);
    }
  }

  return {
    open(leaf = "numbers") {
      if (!dialog.open) dialog.showModal();
      // What is taken is what stands there: nothing moves on meanwhile.
      void Promise.resolve(desk.player.pause()).then(() => show(leaf));
    },
    async bring(file) {
      if (!dialog.open) dialog.showModal();
      await desk.player.pause();
      await show("network");
      await sheets.network?.bring?.(file);
    },
    async csv(what, name) {
      const link = await desk.link();
      saveText(csvOf(link, ...(await tablesOf(desk, what))), name);
    },
  };
}

/** @param {Desk} desk @param {Parameters<Home["csv"]>[0]} what */
async function tablesOf({ player, lab, words }, what) {
  if (what === "readouts") return [readoutRows(player.state.readouts, words.language)];
  const frames = /** @type {string[]} */ (what.filter((one) => typeof one === "string"));
  if (!frames.length) return /** @type {import("./tables.js").Rows[]} */ (what);
  const gathered = await player.gather(frames);
  if (!gathered) throw new Error(words.t("home.gone"));
  const columns = { ...common, ...lab()?.numbers.columns };
  return gathered.frames.map((frame) => frameRows(frame, columns[frame.name.split(":")[0]]));
}
