// A figure in somebody else's page: its caption, how high it is, and the messages of docs/embed.md.
import { h } from "../ui/dom.js";
import { read, V, withValues } from "./messages.js";
/** @import { Engine } from "../engine/engine.js" */
/** @import { Message } from "../types.js" */
/** @import { Editing } from "../ui/editing.js" */
/** @import { Player, State } from "../ui/player.js" */
/** @import { Words } from "../ui/i18n.js" */
/** @import { Request } from "./messages.js" */

/** Requests that wait at a time. */
const patience = 32;
/** ms between two messages of state. */
const pace = 100;

/**
 * @param {object} needs
 * @param {Engine} needs.engine
 * @param {Player} needs.player
 * @param {Editing} needs.editing
 * @param {() => Words} needs.words
 * @param {(fragment: string) => string} needs.link the whole address of a fragment
 * @param {(fragment: string) => Promise<Message[]>} needs.open a link, and what was to be said of it
 * @param {string | null} needs.host the only origin that is heard; whoever holds the frame, if there is none
 */
export function createFrame({ engine, player, editing, words, link, open, host }) {
  const anchor = h("a", { target: "_blank", rel: "noopener" });
  const caption = h("p", { class: "caption" }, anchor);
  document.querySelector("main")?.after(caption);

  const { parent } = window;
  const framed = parent !== window;
  /** @param {string} type @param {object} what @param {Transferable[]} [transfer] */
  const post = (type, what, transfer = []) =>
    framed && parent.postMessage({ type, v: V, ...what }, host ?? "*", transfer);

  let fragment = "";
  /** @type {{readouts: boolean} | null} */
  let subscribed = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let due;
  let ready = false;
  /** @type {(value?: unknown) => void} */
  let begin = () => {};

  /** @param {string} now */
  function wrote(now) {
    fragment = now;
    anchor.href = link(fragment);
    tell();
  }
  const whole = async () => (fragment = await engine.format(editing.present()));

  const place = () => ({ at: player.state.status?.at ?? 0, length: player.state.status?.length ?? 0 });
  /** @param {boolean} readouts */
  const picture = (readouts) => {
    const { experiment, playing, readouts: measured } = player.state;
    const { lab = "", values = {} } = experiment ?? {};
    return {
      lab,
      link: link(fragment),
      ...place(),
      playing,
      values,
      ...(readouts && { readouts: measured }),
    };
  };
  function tell() {
    if (!subscribed || due) return;
    due = setTimeout(() => {
      due = undefined;
      if (subscribed) post("state", picture(subscribed.readouts));
    }, pace);
  }

  /** What the figure could not do since it was last asked to. @type {Error | null} */
  let trouble = null;
  /** @param {Promise<Message[]>} change @returns {Promise<{link: string, warnings: Message[]}>} once it stands */
  async function stand(change) {
    trouble = null;
    const warnings = await change;
    if (trouble) throw trouble;
    await whole();
    return { link: link(fragment), warnings };
  }
  /** Keeps the step, and goes on playing. @param {Request["values"]} values */
  async function change(values) {
    const { experiment, warnings } = await engine.parse(withValues(await whole(), values));
    const { lab: _lab, at: _at, check: _check, ...rest } = experiment;
    await editing.edit(rest);
    return warnings;
  }

  /** @type {Record<Request["type"], (request: Request) => unknown>} */
  const verbs = {
    async get({ frames }) {
      await whole();
      const seen = frames.length ? await player.look(frames) : {};
      if (!seen) throw new Error("the experiment changed meanwhile: ask again");
      return { ...picture(true), frames: Object.values(seen) };
    },
    set: ({ values }) => stand(change(values)),
    open: ({ link }) => stand(open(link.replace(/^[^#]*#/, ""))),
    async step({ n }) {
      await player.step(n);
      return place();
    },
    async seek({ at }) {
      await player.seek(at);
      return place();
    },
    play({ speed }) {
      player.setSpeed(speed);
      void player.play();
      return place();
    },
    async pause() {
      await player.pause();
      return place();
    },
    async subscribe({ readouts }) {
      await whole();
      subscribed = { readouts };
      return picture(readouts);
    },
    unsubscribe() {
      subscribed = null;
      return null;
    },
  };

  /** Requests under way. */
  let busy = 0;
  /** A `set` that has not begun: newer values join it. @type {{request: Request, ids: Request["id"][]} | null} */
  let joinable = null;
  /** Whoever asks after a change of the experiment means what it has become; nothing begins before the figure stands. */
  let settled = new Promise((resolve) => (begin = resolve));

  /** @param {Request} request @param {Request["id"][]} ids */
  async function serve(request, ids) {
    busy++;
    const mine = request.type === "set" ? { request, ids } : null;
    joinable = mine;
    const done = settled.then(() => {
      if (joinable === mine) joinable = null;
      return verbs[request.type](request);
    });
    if (request.type === "set" || request.type === "open") settled = done.catch(() => {});
    const said = await done.then(
      (value) => ({ value }),
      (error) => ({ error: String(error?.message ?? error) }),
    );
    busy--;
    for (const id of ids) if (id !== null) post("answer", { id, ...said });
  }

  /** @param {MessageEvent} event */
  function hear({ source, origin, data }) {
    if (source !== parent || (host && origin !== host)) return;
    const request = read(data);
    if (!request) return;
    if ("error" in request) return post("answer", request);
    // A hand that drags asks for much: what it asked for last counts.
    if (request.type === "set" && joinable && joinable.ids.length < patience) {
      Object.assign(joinable.request.values, request.values);
      joinable.ids.push(request.id);
    } else if (busy < patience) void serve(request, [request.id]);
    else if (request.id !== null) post("answer", { id: request.id, error: "busy" });
  }
  if (framed) addEventListener("message", hear);

  let height = 0;
  const measured = new ResizeObserver(() => {
    const now = Math.ceil(document.body.getBoundingClientRect().height);
    if (now !== height) post("height", { height: (height = now) });
  });
  measured.observe(document.body);

  player.subscribe((state) => void (state.status && tell()));
  return {
    wrote,
    /** Words in another language. @param {string} title of the lab */
    name(title) {
      anchor.textContent = words().t("embed.open", { title });
    },
    /** The first picture stands. */
    async stands() {
      if (ready) return;
      wrote(await engine.format(editing.present()));
      ready = true;
      post("ready", { lab: player.state.experiment?.lab, link: link(fragment) });
      begin();
    },
    /** @param {Error} error */
    problem(error) {
      trouble = error;
      post("problem", { message: error.message });
    },
  };
}

/** Whether this frame is in sight in the page that holds it. @param {(is: boolean) => void} seen */
export const watchSight = (seen) =>
  new IntersectionObserver((entries) => seen(Boolean(entries.at(-1)?.isIntersecting))).observe(
    document.documentElement,
  );

/** @typedef {ReturnType<typeof createFrame>} Frame */
