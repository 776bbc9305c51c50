// <chailou-lab link="…">: a live figure in anybody's page. One module, no build; a figure comes when it is nearly in sight, and all share one engine.

/** The version of the messages, docs/embed.md. */
const V = 1;
/** px before it is in sight. */
const margin = "300px";
/** ms after which a figure that has not said a word is given up. */
const patience = 60_000;

/** Where the page of this module lies. */
const home = new URL(/* @vite-ignore */ "../", import.meta.url).href;
/** What is left of a page, by `controls`. @type {Record<string, string>} */
const shapes = { player: "1", none: "figure", settings: "settings" };

const sheet = `:host { display: block; min-width: 280px; } :host([hidden]) { display: none; }
iframe { display: block; width: 100%; height: 420px; border: 0; color-scheme: auto; }`;

/** The part after "#" of a link. @param {string} link */
const fragmentOf = (link) => link.replace(/^[^#]*#/, "");

export class ChailouLab extends HTMLElement {
  static observedAttributes = ["link", "lang", "theme", "controls", "src"];

  /** What the figure last said: at, length, playing, link, values, readouts; for `viewof`. @type {any} */
  value = null;

  #frame = document.createElement("iframe");
  /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
  #waiting = new Map();
  #last = 0;
  #ready = false;
  /** Before it stands, requests wait. @type {object[]} */
  #early = [];
  /** @type {AbortController | null} */
  #end = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  constructor() {
    super();
    const style = document.createElement("style");
    style.textContent = sheet;
    this.#frame.title = "Chailou";
    this.#frame.allow = "clipboard-write";
    this.attachShadow({ mode: "open" }).append(style, this.#frame);
  }

  connectedCallback() {
    this.#end = new AbortController();
    const { signal } = this.#end;
    addEventListener("message", (event) => this.#hear(event), { signal });
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        this.#load();
      },
      { rootMargin: margin },
    );
    observer.observe(this);
    signal.addEventListener("abort", () => observer.disconnect());
  }

  disconnectedCallback() {
    this.#end?.abort();
    this.#forget("the figure was taken away");
    this.#frame.removeAttribute("src");
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#frame.hasAttribute("src")) return;
    if (name === "controls" || name === "src" || !this.#ready) this.#load();
    else this.#ask("open", { link: this.#fragment() }).catch((error) => this.#complain(error.message));
  }

  get link() {
    return this.getAttribute("link") ?? "";
  }
  set link(link) {
    this.setAttribute("link", link);
  }

  /** Other settings, by the names of the lab's parameters. @param {Record<string, string | number>} values */
  set(values) {
    return this.#ask("set", { values });
  }
  /** @param {string[]} [frames] names of what is to come along */
  get(frames = []) {
    return this.#ask("get", { frames });
  }
  step(n = 1) {
    return this.#ask("step", { n });
  }
  /** @param {number} at */
  seek(at) {
    return this.#ask("seek", { at });
  }
  play(speed = 1) {
    return this.#ask("play", { speed });
  }
  pause() {
    return this.#ask("pause");
  }

  #fragment() {
    const looks = ["lang", "theme"].flatMap((name) => {
      const value = this.getAttribute(name);
      return value ? [`${name}=${encodeURIComponent(value)}`] : [];
    });
    const own = fragmentOf(this.link)
      .split("&")
      .filter((pair) => pair && !looks.some((look) => look.split("=")[0] === pair.split("=")[0]));
    return [...own, ...looks].join("&");
  }

  #load() {
    this.#forget("another figure comes");
    this.#ready = false;
    const shape = shapes[this.getAttribute("controls") ?? "player"] ?? "1";
    const host = origin === "null" ? "" : `&host=${encodeURIComponent(origin)}`;
    const url = new URL(this.getAttribute("src") ?? home, document.baseURI);
    url.hash = `${this.#fragment()}&embed=${shape}${host}`;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#complain(`${url.origin} does not answer`), patience);
    // An address that differs in its fragment only would not load anew what is left of the page.
    const fresh = /** @type {HTMLIFrameElement} */ (this.#frame.cloneNode());
    this.#frame.replaceWith(fresh);
    this.#frame = fresh;
    this.#frame.src = url.href;
  }

  /** @param {string} why */
  #forget(why) {
    clearTimeout(this.#timer);
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.#waiting.clear();
    this.#early = [];
  }

  /** @param {string} type @param {object} [what] @returns {Promise<any>} */
  #ask(type, what = {}) {
    const id = ++this.#last;
    const message = { type, v: V, id, ...what };
    if (this.#ready) this.#post(message);
    else this.#early.push(message);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }
  /** @param {object} message */
  #post(message) {
    this.#frame.contentWindow?.postMessage(message, new URL(this.#frame.src).origin);
  }

  /** @param {MessageEvent} event */
  #hear({ source, data }) {
    if (!source || source !== this.#frame.contentWindow || data?.v !== V) return;
    if (data.type === "height" && data.height > 0) this.#frame.style.height = `${data.height}px`;
    if (data.type === "ready") this.#stand();
    if (data.type === "state") this.#say(data);
    if (data.type === "problem") this.#complain(data.message);
    if (data.type !== "answer") return;
    const call = this.#waiting.get(data.id);
    this.#waiting.delete(data.id);
    if ("error" in data) call?.reject(new Error(data.error));
    else call?.resolve(data.value);
  }

  #stand() {
    clearTimeout(this.#timer);
    this.#ready = true;
    const early = this.#early.splice(0);
    this.#ask("subscribe", { readouts: true }).then(
      (state) => {
        this.#say(state);
        this.dispatchEvent(new CustomEvent("ready", { detail: this.value }));
      },
      () => {},
    );
    for (const message of early) this.#post(message);
  }

  /** @param {any} state */
  #say({ type: _type, v: _v, ...state }) {
    this.value = state;
    this.dispatchEvent(new CustomEvent("readouts", { detail: state.readouts }));
    this.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** @param {string} message */
  #complain(message) {
    clearTimeout(this.#timer);
    this.dispatchEvent(new ErrorEvent("error", { message }));
  }
}

customElements.get("chailou-lab") ?? customElements.define("chailou-lab", ChailouLab);

/** An element with `.value` and `input` events, as `viewof` wants it. @param {string} link @param {Record<string, string>} [attributes] lang, theme, controls, src */
export function figure(link, attributes = {}) {
  const element = /** @type {ChailouLab} */ (document.createElement("chailou-lab"));
  for (const [name, value] of Object.entries({ ...attributes, link })) element.setAttribute(name, value);
  return element;
}
