// The text as letters to point at: what the one looked at reads (shaded, with lines), who reads it (underlined), and what it was before surgery.
import { threads } from "../../views/threads.js";
import { fill, h, write } from "../../ui/dom.js";
import { percent } from "../../ui/format.js";
import { spoken, textOf } from "./glyphs.js";
import { about as aboutButton } from "./about.js";
import { largest, readers, reads } from "./maps.js";
import { letters, linePair } from "./letters.js";
import { linesOf } from "./rows.js";
/** @import { State } from "../../ui/player.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Place, Shown } from "./focus.js" */
/** @import { Sight } from "./gaze.js" */
/** @import { Head } from "./maps.js" */

/** Weights below this draw no line. */
const thin = 0.04;

/**
 * @param {object} needs
 * @param {import("./strings.js").Words} needs.words
 * @param {import("../../ui/popover.js").Help} needs.help
 * @param {(part: Partial<Place> | null) => void} needs.onhover
 * @param {(part: Partial<Place>) => void} needs.choose
 * @param {() => void} needs.release
 * @param {(token: number) => void} needs.onhide
 */
export function tokens({ words: { t }, help, onhover, choose, release, onhide }) {
  const lines = h("div", {
    class: "letters",
    role: "listbox",
    tabindex: 0,
    "aria-label": t("tokens.title"),
    "data-keys": true,
  });
  const canvas = h("canvas", { class: "threads", "aria-hidden": "true" });
  const draw = threads(canvas);
  const scroll = h("div", { class: "text-scroll" }, h("div", { class: "text" }, lines, canvas));
  const about = h("p", { class: "about" });
  const hide = h(
    "button",
    { type: "button", class: "quiet", onclick: () => onhide(token) },
    t("tokens.hide"),
  );
  const free = h("button", { type: "button", class: "quiet", onclick: release }, t("tokens.release"));
  const whole = h("p", { class: "unseen" });
  const element = h(
    "section",
    { class: "strip", "aria-label": t("tokens.text"), title: t("tokens.keys") },
    h(
      "header",
      {},
      h(
        "div",
        { class: "named" },
        h("h2", {}, t("tokens.text")),
        aboutButton(help, t, t("tokens.text"), t("tokens.help")),
      ),
      h(
        "ul",
        { class: "strip-key", "aria-hidden": "true" },
        h("li", { class: "key-reads" }, t("tokens.reads")),
        h("li", { class: "key-readby" }, t("tokens.readby")),
      ),
    ),
    scroll,
    whole,
    h("div", { class: "token-tools" }, about, hide, free),
  );

  /** @type {HTMLElement[]} */
  let spans = [];
  /** @type {[number, number][]} */
  let broken = [];
  let token = 0;
  let built = "";
  let unit = 0;
  let length = 0;

  const under = (/** @type {Event} */ { target }) =>
    Number(/** @type {Element} */ (target).closest?.("[data-token]")?.getAttribute("data-token") ?? 0);
  lines.addEventListener(
    "pointerover",
    (event) => under(event) && event.pointerType !== "touch" && onhover({ token: under(event) }),
  );
  lines.addEventListener("pointerleave", () => onhover(null));
  lines.addEventListener("click", (event) => {
    const place = under(event);
    if (!place) return;
    onhover(null);
    if (spans[place - 1]?.classList.contains("kept")) release();
    else choose({ token: place });
  });
  lines.addEventListener("keydown", (event) => {
    const line = broken.findIndex(([from, to]) => token - 1 >= from && token - 1 < to);
    const vertical = (/** @type {number} */ way) => {
      const to = broken[line + way];
      return to ? Math.min(to[1], to[0] + token - broken[line][0]) : token;
    };
    /** @type {Record<string, () => number>} */
    const moves = {
      ArrowLeft: () => token - 1,
      ArrowRight: () => token + 1,
      ArrowUp: () => vertical(-1),
      ArrowDown: () => vertical(1),
      Home: () => 1,
      End: () => length,
    };
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Delete") onhide(token);
    else if (moves[event.key]) choose({ token: (token = Math.max(1, Math.min(length, moves[event.key]()))) });
    else return;
    event.preventDefault();
  });

  /** Columns that fit, measured in the letters' own font. */
  function columns() {
    if (!unit) {
      const ruler = h("span", { class: "letter-ruler" }, "0".repeat(20));
      lines.append(ruler);
      unit = ruler.getBoundingClientRect().width / 20;
      ruler.remove();
    }
    return Math.max(8, Math.floor((scroll.clientWidth - 6) / (unit || 9)) - 1);
  }

  /** @param {string[]} text @param {string[]} was @param {ArrayLike<number>} replaced @param {number} prompt @param {Set<number>} hidden */
  function build(text, was, replaced, prompt, hidden) {
    const key = JSON.stringify([text, was, Array.from(replaced), prompt, [...hidden], columns()]);
    if (key === built) return;
    built = key;
    broken = linesOf(text, columns());
    spans = letters(t, { text, was, replaced, prompt, hidden });
    fill(lines, ...broken.flatMap(([from, to]) => linePair(t, { text, was, spans, from, to })));
  }

  /** @param {State} state @param {Palette} palette @param {Sight} focus */
  function update({ frames, status, experiment }, { colours }, focus) {
    if (!frames.tokens || !status) return;
    const { map, hidden, kept } = focus;
    const [text, was] = [textOf(frames), textOf(frames, 0)];
    const grown = text.length !== length;
    length = text.length;
    const prompt = status.prompt ?? length - status.at;
    build(text, experiment?.surgery?.length ? was : text, frames.replaced?.data ?? [], prompt, hidden);
    token = focus.token;
    shade(map, focus, kept);
    if (grown && focus.token === length) scroll.scrollTop = scroll.scrollHeight;
    lines.setAttribute("aria-activedescendant", `letter-${token}`);
    tell(text, frames.surprisal, prompt, kept, hidden);
    const from = spot(token);
    const strongest = map
      ? largest(reads(map, token), 12).filter(({ token: read, value }) => value >= thin && read !== token)
      : [];
    canvas.style.height = `${lines.scrollHeight}px`;
    draw({
      from,
      to: strongest.flatMap(({ token: read, value }) => {
        const place = spot(read);
        return place ? [{ ...place, weight: value }] : [];
      }),
      colour: colours["signed-minus"],
    });
    if (status.at === status.length || !grown) write(whole, t("tokens.whole", { text: text.join("") }));
  }

  /** @param {Head | null} map @param {Shown} focus @param {number} kept */
  function shade(map, focus, kept) {
    const row = map ? reads(map, token) : [];
    const column = map ? readers(map, token) : [];
    spans.forEach((span, i) => {
      const one = i + 1 === token;
      span.style.setProperty("--reads", one || !(row[i] > 0.008) ? "0" : Math.sqrt(row[i]).toFixed(3));
      span.style.setProperty(
        "--readby",
        i + 1 > token && column[i + 1 - token] > 0.008 ? Math.sqrt(column[i + 1 - token]).toFixed(3) : "0",
      );
      span.classList.toggle("looked", one);
      span.classList.toggle("kept", i + 1 === kept);
      span.classList.toggle("pointed", focus.cell?.[1] === i + 1 && !one);
      span.setAttribute("aria-selected", String(one));
    });
  }

  /** @param {number} place from 1 */
  function spot(place) {
    const span = spans[place - 1];
    return span ? { x: span.offsetLeft + span.offsetWidth / 2, y: span.offsetTop + 3 } : null;
  }

  /** @param {string[]} text @param {import("../../types.js").Frame | undefined} surprisal @param {number} prompt @param {number} kept @param {Set<number>} hidden */
  function tell(text, surprisal, prompt, kept, hidden) {
    const nats =
      surprisal && token <= surprisal.shape[1] ? surprisal.data[surprisal.shape[1] + token - 1] : -1;
    const parts = [
      t("tokens.letter", { token, letter: spoken(t, text[token - 1] ?? "") }),
      token <= prompt ? t("tokens.prompt") : "",
      nats >= 0 ? t("tokens.sure", { share: percent(Math.exp(-nats)) }) : "",
    ];
    write(about, parts.filter(Boolean).join(" · "));
    hide.setAttribute("aria-pressed", String(hidden.has(token)));
    hide.setAttribute("aria-label", t("tokens.hide.long", { token }));
    hide.title = t("tokens.hide.long", { token });
    free.hidden = !kept;
  }
  return {
    element,
    update,
    /** Another width or font: the lines are broken anew. */
    measure: () => void (unit = 0),
  };
}
