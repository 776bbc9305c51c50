// Copy link and save PNG: what leaves the page carries everything needed to come back.
import { h } from "./dom.js";
import { withResolution } from "./resolution.js";
import { metaPng } from "./vendor.js";
/** @import { Notices } from "./notices.js" */
/** @import { Words } from "./i18n.js" */

/** Rejects where the browser does not allow it. @param {string} text */
export async function toClipboard(text) {
  // In a frame without the right, asking anyway would write a complaint to the console.
  if (/** @type {any} */ (document).featurePolicy?.allowsFeature("clipboard-write") === false)
    throw new Error("not allowed here");
  await navigator.clipboard.writeText(text);
}

/**
 * Where the browser does not lend its clipboard, the text itself is offered.
 * @param {Words} words @param {Notices} notices @param {string} text @param {{done: string, denied: string, name: string}} said
 */
async function copy(words, notices, text, { done, denied, name }) {
  try {
    await toClipboard(text);
    notices.say(words, done, { key: "copy", fleeting: true });
  } catch {
    const field = h("input", {
      type: "text",
      readonly: true,
      value: text,
      class: "link",
      "aria-label": name,
    });
    notices.say(words, denied, { key: "copy", body: field });
    field.focus();
    field.select();
  }
}

/** @param {Words} words @param {Notices} notices @param {() => Promise<string>} makeLink */
export const copyLink = async (words, notices, makeLink) =>
  copy(words, notices, await makeLink(), {
    done: words.t("copy.done"),
    denied: words.t("copy.denied"),
    name: words.t("tools.copy"),
  });

/** @param {Words} words @param {Notices} notices @param {() => Promise<string>} makeLink @param {(link: string) => string} snippet */
export const copyEmbed = async (words, notices, makeLink, snippet) =>
  copy(words, notices, snippet(await makeLink()), {
    done: words.t("embed.done"),
    denied: words.t("embed.denied"),
    name: words.t("tools.embed"),
  });

/** A sheet as wide as a column of A4: its smallest letters are 9 points. */
const column = 192;

/** @param {HTMLCanvasElement} canvas @param {string} link @param {string} title @param {number} [dpi] */
export async function toPng(canvas, link, title, dpi = column) {
  const blob = await new Promise((resolve, reject) =>
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error("toBlob"))), "image/png"),
  );
  const { addMetadata } = await metaPng();
  let file = withResolution(new Uint8Array(await blob.arrayBuffer()), dpi);
  for (const [key, value] of [
    ["Title", title],
    ["Software", "Chailou"],
    ["Source", link],
  ])
    file = addMetadata(file, key, value);
  return new Blob([file], { type: "image/png" });
}

/** Where the picture that was saved last lies, as long as somebody may want it. */
let saved = "";

/**
 * @param {Words} words @param {Notices} notices
 * @param {() => Promise<{canvas: HTMLCanvasElement, link: string, title: string, name: string}>} compose
 */
export async function savePng(words, notices, compose) {
  try {
    const { canvas, link, title, name } = await compose();
    URL.revokeObjectURL(saved);
    saved = URL.createObjectURL(await toPng(canvas, link, title));
    h("a", { href: saved, download: name }).click();
    // No browser tells a frame whether it may save: there the picture itself is offered, too.
    const framed = window.top !== window;
    notices.say(words, words.t(framed ? "save.framed" : "save.done", { name }), {
      key: "save",
      fleeting: !framed,
      body: framed ? h("img", { src: saved, alt: title, class: "saved" }) : undefined,
    });
  } catch (error) {
    notices.say(words, words.t("save.failed", { why: String(/** @type {Error} */ (error).message) }), {
      key: "save",
      level: "warning",
    });
  }
}
