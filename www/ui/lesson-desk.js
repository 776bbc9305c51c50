// Where a lesson is written: one's own visit, recorded stop by stop, edited beside the live page, tried out, saved, sent.
import { crossButton, fill, h, icon, watchNarrow, write } from "./dom.js";
import { LessonFault, mostPacked, packLesson, readLesson, written } from "./lesson-file.js";
import { stopFields } from "./lesson-fields.js";
import { faultOf } from "./lesson-sources.js";
import { remember, remembered } from "./memory.js";
import { joined } from "./pagekeys.js";
import { strings } from "./strings-desk.js";
import { toClipboard } from "./takehome.js";
/** @import { Words } from "./i18n.js" */
/** @import { Lesson, Step } from "./lesson-file.js" */
/** @import { Player } from "./player.js" */

/** Where the draft is remembered. */
const shelf = "lesson";
const dot = "M12 5a7 7 0 1 0 0.010 0M12 9.500a2.500 2.500 0 1 0 0.010 0";

/**
 * @param {object} needs
 * @param {ReturnType<typeof import("./page.js").createPage>} needs.page
 * @param {Player} needs.player
 * @param {() => Words} needs.words
 * @param {() => Promise<string>} needs.present the link to what stands there
 * @param {() => string} needs.url
 * @param {(lesson: Lesson) => Promise<void>} needs.give plays it
 * @param {() => Promise<unknown>} needs.leave ends the playing
 * @param {(link: string) => void} needs.go
 */
export function createDesk({ page, player, words, present, url, give, leave, go }) {
  const root = document.documentElement;
  const speech = () => words().with(strings);
  const element = h("aside", { class: "desk-of-lesson" });
  /** @returns {Lesson} */
  const blank = () => ({ "chailou-lesson": 1, title: {}, steps: [] });

  /** @type {Lesson} */
  let lesson = draft() ?? blank();
  let at = lesson.steps.length - 1;
  let previewing = false;
  const said = h("p", { class: "hint", role: "status" });

  /** What was written here before, if it can still be read. @returns {Lesson | null} */
  function draft() {
    const text = remembered(shelf);
    if (!text) return null;
    try {
      const kept = JSON.parse(text);
      return Array.isArray(kept?.steps) ? kept : null;
    } catch {
      return null;
    }
  }
  const keep = () => remember(shelf, JSON.stringify(lesson));

  /** As it is published: what was left empty is not there. @returns {Lesson} @throws {LessonFault} */
  const finished = () =>
    readLesson(JSON.stringify(lesson, (_, value) => (value === "" || isEmpty(value) ? undefined : value)));
  const isEmpty = (/** @type {unknown} */ value) =>
    value !== null &&
    typeof value === "object" &&
    !Array.isArray(value) &&
    !Object.values(value).some((one) => one !== "" && one !== undefined);

  /** @param {(lesson: Lesson) => unknown} act */
  async function withFinished(act) {
    try {
      await act(finished());
    } catch (error) {
      write(said, faultOf(words(), error));
      // The step that it is about comes up.
      const step = error instanceof LessonFault ? /^steps\[(\d+)\]/.exec(error.path)?.[1] : undefined;
      if (step !== undefined) choose(Number(step));
    }
  }

  async function record() {
    const link = (await present())
      .replace(/(^|&)(v|lang|theme|type|controls|device)=[^&]*/g, "")
      .replace(/^&/, "");
    const { wanted, status } = player.state;
    /** @type {Step} */
    const step = { link, text: {} };
    // A timeline that somebody left at its very start is to play.
    if (wanted?.at === null && status?.at === 0) step.link = link.replace(/(^|&)at=0(?=&|$)/, "");
    lesson.steps.splice(at + 1, 0, step);
    at++;
    keep();
    draw();
    write(said, speech().t("desk.recorded", { n: at + 1 }));
  }

  /** @param {number} next */
  function choose(next) {
    at = next;
    draw();
  }
  /** @param {number} way */
  function move(way) {
    const [step] = lesson.steps.splice(at, 1);
    at += way;
    lesson.steps.splice(at, 0, step);
    keep();
    draw();
  }
  function drop() {
    lesson.steps.splice(at, 1);
    at = Math.min(at, lesson.steps.length - 1);
    keep();
    draw();
  }

  function save() {
    return withFinished((done) => {
      const file = new Blob(
        [written({ $schema: `${url().replace(/[^/]*(#.*)?$/, "")}lessons/lesson.schema.json`, ...done })],
        {
          type: "application/json",
        },
      );
      const address = URL.createObjectURL(file);
      h("a", { href: address, download: "lesson.json" }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      write(said, speech().t("desk.saved"));
    });
  }
  function copy() {
    return withFinished(async (done) => {
      const packed = await packLesson(done);
      if (packed.length > mostPacked)
        return write(said, speech().t("desk.long", { n: packed.length, most: mostPacked }));
      const link = url().replace(/#.*/, "#") + joined({ lesson: packed }, "");
      await toClipboard(link).then(
        () => write(said, speech().t("desk.copied")),
        () => write(said, link),
      );
    });
  }
  const preview = () =>
    withFinished(async (done) => {
      await give(done);
      previewing = true;
      close();
    });

  /** While it stands there: beside the page, or below it where that is narrow. */
  let standing = new AbortController();
  function stand() {
    standing.abort();
    standing = new AbortController();
    document.body.append(element);
    watchNarrow((narrow) => void (root.dataset.desk = narrow ? "below" : "beside"), standing.signal);
  }
  function close() {
    standing.abort();
    element.remove();
    delete root.dataset.desk;
  }

  function draw() {
    const { t } = speech();
    const step = lesson.steps[at];
    const button = (
      /** @type {string} */ label,
      /** @type {() => unknown} */ onclick,
      kind = "button",
      disabled = false,
    ) => h("button", { type: "button", class: kind, onclick, disabled }, label);
    /** @param {"en" | "zh"} language */
    const title = (language) => {
      const field = h("input", {
        type: "text",
        class: "field wide",
        lang: language,
        maxlength: 200,
        "aria-label": t(language === "en" ? "desk.title.en" : "desk.title.zh"),
        placeholder: t(language === "en" ? "desk.title.en" : "desk.title.zh"),
        oninput() {
          lesson.title[language] = field.value;
          keep();
        },
      });
      field.value = lesson.title[language] ?? "";
      return field;
    };
    element.setAttribute("aria-label", t("desk.name"));
    fill(
      element,
      h("header", {}, h("h2", {}, t("desk.name")), crossButton(t("close"), close)),
      h(
        "div",
        { class: "scroll" },
        h("p", { class: "hint" }, t("desk.about")),
        h("div", { class: "titles" }, title("en"), title("zh")),
        h(
          "button",
          { type: "button", class: "button primary record", onclick: record },
          icon(dot),
          h("span", {}, t("desk.record")),
        ),
        lesson.steps.length > 0 &&
          h(
            "div",
            { class: "stops", role: "group", "aria-label": t("desk.stops") },
            lesson.steps.map((_, i) =>
              h(
                "button",
                {
                  type: "button",
                  class: "stop",
                  "aria-pressed": String(i === at),
                  "aria-label": t("desk.stop", { n: i + 1 }),
                  onclick: () => choose(i),
                },
                String(i + 1),
              ),
            ),
          ),
        step &&
          [
            h(
              "div",
              { class: "row" },
              button(t("desk.open"), () => go(step.link), "quiet"),
              button(t("desk.up"), () => move(-1), "quiet", at === 0),
              button(t("desk.down"), () => move(1), "quiet", at === lesson.steps.length - 1),
              button(t("desk.drop"), drop, "quiet"),
            ),
            stopFields({
              words: speech(),
              step,
              schema: page.lab(),
              readouts: player.state.readouts,
              onchange: keep,
              redraw: draw,
            }),
          ].flat(),
      ),
      h(
        "footer",
        {},
        h(
          "div",
          { class: "row" },
          button(t("desk.preview"), preview, "button", !step),
          button(t("desk.save"), save, "button", !step),
          button(t("desk.copy"), copy, "button", !step),
          button(
            t("desk.new"),
            () => {
              lesson = blank();
              at = -1;
              keep();
              draw();
            },
            "quiet",
            !step,
          ),
        ),
        said,
      ),
    );
  }

  return {
    open() {
      previewing = false;
      stand();
      draw();
    },
    close,
    previews: () => previewing,
    name: () => speech().t("desk.back"),
    async back() {
      previewing = false;
      await leave();
      this.open();
    },
    /** What somebody opened is there to be gone on with. @param {Lesson} other */
    take(other) {
      lesson = structuredClone(other);
      at = 0;
      keep();
    },
    speak: () => element.isConnected && draw(),
  };
}

/** @typedef {ReturnType<typeof createDesk>} Desk */
