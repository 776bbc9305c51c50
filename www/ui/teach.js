// What there is for a class, in one place: a code that opens what stands here on everybody's phone, a presentation, lessons.
import { imprintOf } from "./imprint.js";
import { crossButton, fill, h, icon, write } from "./dom.js";
import { family } from "./i18n.js";
import { shipped } from "./lesson-sources.js";
import { strings } from "./strings-teach.js";
import { toClipboard } from "./takehome.js";
/** @import { Words } from "./i18n.js" */
/** @import { Code } from "../views/imprint.js" */

const title = family("plan.lesson", ["diffusion", "attention", "training"]);
const about = family("teach.about", ["diffusion", "attention", "training"]);
const board = "M3 4h18v12H3zM12 16v4M8 20h8";
const pen = "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4";
const open = "M4 20V5h6l2 3h8v12z";

/** Modules of light around a code. */
const quiet = 4;
/** Dark on light in either theme: not every camera reads the reverse. @param {Code} code @param {string} label */
function drawn({ size, data }, label) {
  const side = size + 2 * quiet;
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + quiet} ${y + quiet}h1v1h-1z` : "")))
    .join("");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({
    viewBox: `0 0 ${side} ${side}`,
    role: "img",
    "aria-label": label,
    class: "qr",
  }))
    svg.setAttribute(name, value);
  const ink = document.createElementNS("http://www.w3.org/2000/svg", "path");
  ink.setAttribute("d", path);
  svg.append(ink);
  return svg;
}

/**
 * @param {object} needs
 * @param {() => Words} needs.words
 * @param {() => Promise<string>} needs.link what the code opens
 * @param {() => void} needs.onpresent
 * @param {(name: string) => void} needs.onlesson
 * @param {(file: File) => void} needs.onfile
 * @param {() => void} needs.onwrite
 */
export function createTeach({ words, link, onpresent, onlesson, onfile, onwrite }) {
  const dialog = h("dialog", { class: "dialog teach", "aria-labelledby": "teach-title" });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("dragover", (event) => event.preventDefault());
  dialog.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer?.files[0]);
  });
  document.body.append(dialog);

  /** @param {File | undefined} file */
  function take(file) {
    if (!file) return;
    dialog.close();
    onfile(file);
  }
  const after = (/** @type {() => void} */ act) => () => (dialog.close(), act());

  /** @param {HTMLElement} place */
  async function code(place) {
    const { t } = words().with(strings);
    const address = await link();
    const { code } = await imprintOf(words(), address);
    const said = h(
      "p",
      { class: "hint", role: "status" },
      code ? t("teach.code.about") : t("teach.code.long"),
    );
    const copy = h(
      "button",
      {
        type: "button",
        class: "quiet",
        onclick: () =>
          toClipboard(address).then(
            () => write(said, t("teach.copied")),
            () => write(said, address),
          ),
      },
      t("teach.copy"),
    );
    const large = h(
      "button",
      {
        type: "button",
        class: "code",
        "aria-pressed": "false",
        title: t("teach.code.large"),
        onclick() {
          const on = dialog.classList.toggle("large");
          large.setAttribute("aria-pressed", String(on));
        },
      },
      code && drawn(code, t("teach.code.label")),
    );
    fill(place, code && large, said, copy);
  }

  return {
    open() {
      const { t } = words().with(strings);
      const place = h("div", { class: "teach-code" });
      const picker = h("input", {
        type: "file",
        accept: ".json,application/json",
        hidden: true,
        onchange: () => take(picker.files?.[0]),
      });
      dialog.classList.remove("large");
      fill(
        dialog,
        h(
          "header",
          {},
          h("h2", { id: "teach-title" }, t("teach.title")),
          crossButton(t("close"), () => void dialog.close()),
        ),
        h(
          "div",
          { class: "scroll teach-body" },
          place,
          h(
            "div",
            { class: "teach-ways" },
            h(
              "button",
              { type: "button", class: "button primary", onclick: after(onpresent) },
              icon(board),
              h("span", {}, t("teach.present")),
            ),
            h("p", { class: "hint" }, t("teach.present.about")),
            h("h3", {}, t("teach.lessons")),
            h(
              "ul",
              { class: "lessons" },
              Object.keys(shipped).map((name) => {
                const key = /** @type {keyof typeof title} */ (name);
                return h(
                  "li",
                  {},
                  h(
                    "button",
                    { type: "button", class: "into", onclick: after(() => onlesson(name)) },
                    h("strong", {}, t(title[key])),
                    h("span", {}, t(about[key])),
                  ),
                );
              }),
            ),
            h(
              "p",
              { class: "row" },
              h(
                "button",
                { type: "button", class: "button", onclick: after(onwrite) },
                icon(pen),
                h("span", {}, t("teach.write")),
              ),
              h(
                "button",
                { type: "button", class: "button", onclick: () => picker.click() },
                icon(open),
                h("span", {}, t("teach.file")),
              ),
              picker,
            ),
            h("p", { class: "hint" }, t("teach.file.about")),
          ),
        ),
      );
      dialog.showModal();
      return code(place);
    },
    take,
  };
}
