// Where you were: the last experiments of each lab, kept by this browser, offered to whoever comes back, and removable one by one.
import { crossButton, h } from "./dom.js";
import { remember, remembered } from "./memory.js";
/** @import { Parameter } from "../types.js" */
/** @import { Notices } from "./notices.js" */
/** @import { Words } from "./i18n.js" */

/** @typedef {{link: string, when: number}} Place */

/** Experiments of a lab that are kept. */
const most = 3;
/** A link that is longer holds a painted picture or a long text: a browser's memory is not for many of those. */
const longest = 8000;
/** Keys that say how something is looked at, or what a link always says. */
const besides = ["v", "lab", "at", "check", "lang", "theme", "type", "controls", "device"];

/** What is not brought back with an experiment: how it was looked at, and what was promised of it. */
const left = besides.filter((key) => !["v", "lab", "at"].includes(key));

/** What a fragment says of the experiment itself. @param {string} fragment */
const own = (fragment) =>
  fragment
    .split("&")
    .filter((pair) => pair && !besides.includes(pair.split("=")[0]))
    .join("&");

/** @returns {Record<string, Place[]>} what another version wrote, or somebody else, is nothing */
function all() {
  try {
    const known = JSON.parse(remembered("where") ?? "{}");
    const good = (/** @type {any} */ place) =>
      typeof place?.link === "string" && Number.isFinite(place.when) && !place.link.includes("#");
    return Object.fromEntries(
      Object.entries(known).flatMap(([lab, places]) =>
        Array.isArray(places) ? [[lab, places.filter(good).slice(0, most)]] : [],
      ),
    );
  } catch {
    return {};
  }
}

/** @param {string} lab @param {Place[]} places */
const put = (lab, places) => remember("where", JSON.stringify({ ...all(), [lab]: places }));

/** An experiment in a few words: what is not as usual, and the step. @param {string} link @param {Parameter[]} parameters @param {Words} words */
export function describe(link, parameters, { t, pick }) {
  const keys = new URLSearchParams(link);
  const said = parameters.flatMap(({ key, title, options }) => {
    const value = keys.get(key);
    if (value === null) return [];
    const option = options?.find((/** @type {any} */ one) => one.value === value);
    return [`${pick(title)} ${option ? pick(option.title) : value}`];
  });
  const at = keys.get("at");
  return [
    ...said.slice(0, 3),
    ...(said.length > 3 ? ["…"] : []),
    ...(at ? [t("resume.step", { at })] : []),
  ].join(" · ");
}

/**
 * @param {object} needs
 * @param {Notices} needs.notices
 * @param {() => Words} needs.words
 * @param {() => Parameter[]} needs.parameters of the lab that is open
 */
export function createResume({ notices, words, parameters }) {
  /** What the visit began with, if it was no link of anybody's: that is not worth coming back to. @type {string | null} */
  let usual = null;
  let bare = false;
  /** When this visit's experiment was first noted: it is one place, however often it changes. */
  let began = 0;

  /** @param {string} lab */
  function offer(lab) {
    const places = all()[lab] ?? [];
    if (!places.length) return;
    const { t, language } = words();
    const day = new Intl.DateTimeFormat(language, {
      month: "short",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    const list = h(
      "ul",
      { class: "places" },
      places.map(({ link, when }) => {
        const item = h(
          "li",
          {},
          h(
            "a",
            { href: `#${link}`, onclick: () => notices.drop("resume") },
            describe(link, parameters(), words()) || t("resume.plain"),
          ),
          " ",
          h("small", {}, day.format(when)),
          crossButton(t("resume.forget"), () => {
            put(
              lab,
              (all()[lab] ?? []).filter((place) => place.when !== when),
            );
            item.remove();
            if (!list.children.length) notices.drop("resume");
          }),
        );
        return item;
      }),
    );
    notices.say(words(), t("resume.title"), { key: "resume", body: list });
  }

  return {
    /** Somebody came by this address. @param {string} fragment @param {string} lab */
    visit(fragment, lab) {
      notices.drop("resume");
      bare = own(fragment) === "" && !/(^|&)at=/.test(fragment);
      usual = null;
      began = 0;
      if (bare) offer(lab);
    },
    /** The address was written. @param {string} fragment @param {string} lab @param {number} [now] */
    note(fragment, lab, now = Date.now()) {
      if (bare && usual === null) usual = own(fragment);
      if (own(fragment) === (usual ?? "") || fragment.length > longest) return;
      const link = fragment
        .split("&")
        .filter((pair) => !left.includes(pair.split("=")[0]))
        .join("&");
      const others = (all()[lab] ?? []).filter(
        (place) => place.when !== began && own(place.link) !== own(link),
      );
      began = now;
      put(lab, [{ link, when: now }, ...others].slice(0, most));
    },
  };
}
