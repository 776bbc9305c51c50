// The page around a lab: its head, language, colours, title block and notices, and what stands there while nothing can be shown.
import { createColours } from "./colours.js";
import { fill } from "./dom.js";
import { whileStill } from "./habits.js";
import { head } from "./head.js";
import { createWords, pickLanguage } from "./i18n.js";
import { imprintOf } from "./imprint.js";
import { remember, remembered } from "./memory.js";
import { invite } from "./invite.js";
import { createMounting } from "./mounting.js";
import { createNotices } from "./notices.js";
import { sitePlan } from "./plan.js";
import { snippetOf } from "./snippet.js";
import { createHelp } from "./popover.js";
import { copyEmbed, copyLink, savePng } from "./takehome.js";
import { createStandby } from "./standby.js";
import { createTeller } from "./tell.js";
import { titleblock } from "./titleblock.js";
/** @import { Engine } from "../engine/engine.js" */
/** @import { Lab, Mounted, Notice, Schema } from "../types.js" */
/** @import { Editing } from "./editing.js" */
/** @import { Player, State } from "./player.js" */

/**
 * @param {object} needs
 * @param {Engine} needs.engine
 * @param {Player} needs.player
 * @param {Editing} needs.editing
 * @param {readonly (import("./plan.js").Plot & {load: () => Promise<Lab>, runs?: {kind: string, code: () => Promise<import("./home-network.js").Guest>}})[]} needs.labs
 * @param {{lang: string, theme: string, type: string, controls: string}} needs.asked by the link, before the engine can read it
 * @param {string | null} needs.embed of a figure in somebody else's page what it asks for; null: the whole page
 * @param {() => string} needs.url the whole address
 * @param {() => Promise<string>} needs.link to what stands there
 * @param {(experiment: import("../types.js").Experiment) => Promise<string>} needs.address the whole link of an experiment
 * @param {(experiment: import("../types.js").Experiment) => Promise<void>} needs.go to another experiment, as by its link
 * @param {{again: () => void, afresh: () => void, defaults: (fragment: string) => void, noted: () => void, teach: () => Promise<unknown>, prove: () => Promise<unknown>, poke: () => Promise<unknown>, visit: (draft: import("../types.js").Visit) => Promise<void>}} needs.on again: read the link once more; afresh: load the page once more; noted: a setting of the page is for the address at once; visit: another lab; teach: what there is for a class; prove: the sheet of proof; poke: turn a weight, or turn it back
 */
export function createPage({ engine, player, editing, labs, asked, embed, url, link, address, go, on }) {
  const root = document.documentElement;
  const [header, main, skip] = ["head", "main", "skip"].map(
    (id) => /** @type {HTMLElement} */ (document.getElementById(id)),
  );
  const mounting = createMounting(labs);
  const notices = createNotices();
  const help = createHelp();
  let words = createWords(pickLanguage(asked.lang, navigator.languages));
  const tell = createTeller(notices, () => words);
  /** All labs, and the one that was read of last. @type {Schema} */
  let schema;
  /** Labs that were read of: while one is on its way, another still stands. @type {Map<string, Schema>} */
  const described = new Map();
  /** @type {ReturnType<typeof titleblock> | null} */
  let block = null;
  /** What the head was made for. */
  let built = "";
  /** What leaves the lab that stands there, and comes back. @type {import("../types.js").Home | null} */
  let home = null;
  /** Why this engine does the work. @type {Notice} */
  let reason = { key: "why.start", level: "quiet" };

  const standby = createStandby({
    main,
    engine,
    player,
    words: () => words,
    url,
    tell: tell.problem,
    on: { ...on, defaults: () => on.defaults(`v=${schema?.v ?? 1}&lang=${words.language}`) },
  });

  const values = () => player.state.wanted?.values ?? asked;
  /** What is shown and what can be set, where a link or a lesson says so. @type {import("./rule.js").Rule | null} */
  let rule = null;
  const { dress, light, palette } = createColours(
    () => ({ theme: String(values().theme), type: rule?.large ? "large" : String(values().type) }),
    () => mounting.lab()?.repaint(),
  );
  const plate = async (/** @type {string} */ link) =>
    /** @type {Mounted} */ (mounting.lab()).plate(await imprintOf(words, link));
  const description = () => described.get(player.state.wanted?.lab ?? "") ?? schema;

  /** Settings of the page itself need no new trajectory. @param {"lang" | "theme" | "type" | "device" | "controls"} key @param {string} value */
  function set(key, value) {
    editing.notePage({ [key]: value });
    if (key === "device") engine.use(value).catch(tell.problem);
    if (key === "theme" || key === "type") {
      dress();
      built = "";
    }
    if (key === "lang") {
      build();
      /** @type {HTMLElement | null} */ (header.querySelector("[data-tool=lang]"))?.focus();
    }
    on.noted();
  }

  /** @param {"en" | "zh"} language */
  function speak(language) {
    if (language === words.language) return;
    words = createWords(language);
    standby.speak();
  }

  /** Everything with words in it, in the language of the moment; the lab only where it does not stand in it already. */
  function build() {
    speak(pickLanguage(String(values().lang), navigator.languages));
    const { lab } = description();
    const title = words.pick(lab.title);
    root.lang = words.language === "zh" ? "zh-Hans" : "en";
    document.title = `${words.t("site.name")} · ${title}`;
    skip.textContent = words.t("skip");
    const tools = {
      onlang: (/** @type {string} */ lang) => set("lang", lang),
      ontheme: (/** @type {string} */ theme) => set("theme", theme),
      ontype: (/** @type {string} */ type) => set("type", type),
      oncopy: () => copyLink(words, notices, link).catch(tell.problem),
      onembed: () => copyEmbed(words, notices, link, snippet).catch(tell.problem),
      // What is saved is what its link leads to: while the two are made, nothing moves on.
      onsave: () => whileStill(player, () => savePng(words, notices, async () => plate(await link()))),
      onteach: () => on.teach().catch(tell.problem),
      onundo: () => editing.travel("undo"),
      onredo: () => editing.travel("redo"),
    };
    const { theme, type } = values();
    const now = [words.language, lab.id, theme, type].join();
    // Whoever stands on a tool of the head stays there.
    if (now !== built)
      fill(
        header,
        ...head(
          words,
          title,
          { theme: String(theme), type: String(type) },
          tools,
          sitePlan(words, schema, labs, lab.id, palette),
          lab.line,
          `#lang=${words.language}`,
        ),
      );
    built = now;
    markHistory();
    mounting.mount(lend, words.language);
    player.emit();
  }

  /** A file of weights may be dropped anywhere. @param {DragEvent} event */
  function dropped(event) {
    const file = event.dataTransfer?.files[0];
    if (!file?.name.endsWith(".safetensors") || !home) return;
    event.preventDefault();
    void home.bring(file);
  }
  /** What leaves the page: its code comes when somebody asks for it, once for a lab in a language. @param {import("../types.js").LabSchema} schema @returns {import("../types.js").Home} */
  function homeOf(schema) {
    /** @type {Promise<import("../types.js").Home> | null} */
    let made = null;
    const own = words;
    /** @param {(home: import("../types.js").Home) => unknown} then */
    async function use(then) {
      try {
        made ??= import("./home.js").then(({ createHome }) =>
          createHome({
            words: own,
            engine,
            player,
            schema,
            lab: mounting.lab,
            labs,
            link,
            plate,
            palette,
            light,
            address,
            go,
          }),
        );
        await then(await made);
      } catch (error) {
        made = null;
        notices.say(own, own.t("home.failed", { why: /** @type {Error} */ (error).message }), {
          key: "home",
          level: "warning",
        });
      }
    }
    return {
      open: (leaf) => void use(({ open }) => open(leaf)),
      bring: (file) => use(({ bring }) => bring(file)),
      csv: (what, name) => use(({ csv }) => csv(what, name)),
    };
  }

  /** @returns {import("../types.js").LabContext} */
  function lend() {
    const catalogue = description();
    const { lab, galleries } = catalogue;
    home = homeOf(lab);
    block = titleblock(words, lab, home, {
      ondevice: (device) => set("device", device),
      onprove: () => on.prove().catch(tell.problem),
      onpoke: () => on.poke().catch(tell.problem),
      seal: engine.seal,
    });
    block.explain(reason);
    return {
      words,
      schema: lab,
      galleries,
      catalogue,
      player,
      help,
      palette,
      edit: editing.edit,
      note: editing.note,
      visit: on.visit,
      gallery: engine.gallery,
      titleblock: block.element,
      home,
      embed,
      more: {
        all: () => values().controls === "all" || remembered("controls") === "all",
        rule: () => rule,
        show(all) {
          remember("controls", all ? "all" : "few");
          set("controls", all ? "all" : "few");
        },
      },
    };
  }

  /** The figure as it is wide and high here, in somebody else's page. @param {string} link */
  function snippet(link) {
    const height = Math.round(main.querySelector(".work")?.getBoundingClientRect().height ?? 600) + 72;
    const title = `${words.t("site.name")}: ${words.pick(description().lab.title)}`;
    return snippetOf({ link, title, height });
  }

  function markHistory() {
    for (const way of ["undo", "redo"]) {
      const button = header.querySelector(`[data-tool=${way}]`);
      button?.toggleAttribute("disabled", !(way === "undo" ? editing.canUndo() : editing.canRedo()));
    }
  }

  /** The notes that stood in the page before any script. */
  const readBefore = () =>
    main.querySelector(`[data-notes][data-words="${description().lab.id} ${words.language}"]`);

  /** @param {State} state */
  function update(state) {
    if (!state.status) return standby.prepare(state.busy);
    const lab = mounting.lab();
    if (!lab || !block) return;
    // Whoever reads what stood in the page before goes on reading.
    if (!lab.elements[0].isConnected)
      fill(
        main,
        ...lab.elements.slice(0, mounting.isEquipped() ? undefined : 1),
        embed ? null : readBefore(),
      );
    if (mounting.isEquipped()) block.update(state, lab.scale());
    tell.session(state.status.warnings);
  }

  skip.addEventListener("click", () =>
    /** @type {HTMLElement | null} */ (main.querySelector(".stage"))?.focus());
  engine.onnotice((notice) => {
    reason = notice;
    block?.explain(notice);
    tell.engine(notice);
    player.refresh();
  });
  // Half an experiment is none: the page stops, keeps the link, and tries again when it is asked to.
  engine.onfailure((error) => {
    player.watch(player.watched);
    standby.stop(error);
  });
  header.after(notices.element);
  document.addEventListener(
    "dragover",
    (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault(),
  );
  document.addEventListener("drop", dropped);

  return {
    tell,
    notices,
    stop: standby.stop,
    build,
    dress,
    update,
    /** @param {Schema} known */
    know: (known) => void described.set(known.lab.id, (schema = known)),
    parameters: () => description().lab.parameters,
    common: () => schema.common,
    language: () => words.language,
    words: () => words,
    /** Of the lab, in the language of the moment. */
    title: () => words.pick(description().lab.title),
    /** The lab on the stage. */
    lab: () => description().lab,
    labs: () => schema.labs,
    /** Only this is shown, and of that this can be set; everything, if there is no rule. @param {import("./rule.js").Rule | null} next */
    keep(next) {
      const resized = Boolean(rule?.large) !== Boolean(next?.large);
      rule = next;
      root.dataset.away = next?.away.join(" ") ?? "";
      if (resized) dress();
      player.emit();
    },
    /** The experiment changes: what was said of the one before is no longer true. */
    turn() {
      markHistory();
      notices.drop("check");
      notices.drop("problem");
    },
    /** A link to a lab: fetches it and clears the page if it is another one. @param {string} id @param {() => boolean} current whether the link is still the newest */
    async enter(id, current) {
      const put = await mounting.fetch(id);
      if (!current()) return;
      if (!put) return mounting.leave();
      put();
      root.dataset.asked = id;
      const { prepares, measures } = /** @type {Schema} */ (described.get(id)).lab;
      editing.clear();
      player.watch({ ...mounting.fetched().watched, prepares, measures });
      standby.wait();
    },
    /** The first picture stands on the screen: what is below it, and what it could do without, may come. */
    equip() {
      const lab = mounting.lab();
      if (lab?.elements[0].isConnected) {
        const before = readBefore();
        before?.before(...lab.elements.filter((element) => !element.isConnected));
        before?.remove();
        if (before) main.querySelector(".notes .prose")?.append(...before.querySelectorAll(".prose > *"));
        else main.append(...lab.elements.filter((element) => !element.isConnected));
      }
      mounting.equip();
      player.emit();
    },
    /** To go on from the step that a link leads to. */
    invite() {
      const stage = main.querySelector(".stage");
      if (stage) invite(words, player, stage);
    },
    /** Nothing moves on and all that was learned is noted, until the answer is called. @returns {Promise<() => void>} */
    hold: async () => (await mounting.lab()?.hold()) ?? (() => {}),
    /** @param {KeyboardEvent} event */
    keys: (event) => mounting.lab()?.keys(event),
  };
}
