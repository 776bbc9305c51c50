// Networks that were trained in this browser, in its own storage: reload and Back find them again.
import { once } from "./once.js";

/** @typedef {{done: number, bytes: Uint8Array, when: number}} Keepsake */

/** Fetched when there is first something to find or to keep. */
const storage = once(async () => {
  const library = await import("../../node_modules/idb-keyval/dist/index.js");
  return { ...library, store: library.createStore("chailou", "networks") };
});

/** Networks that are remembered; the one that was trained longest ago goes first. */
const most = 12;
/** Of each the latest two: the address may be a moment behind the newest, and a network cannot be trained back. */
const each = 2;

/** @param {string} version another way of training is another network @param {() => number} [now] */
export function createKeepsakes(version, now = Date.now) {
  const name = (/** @type {string} */ key) => `${version} ${key}`;

  async function tidy() {
    const { entries, delMany, store } = await storage();
    /** @type {[string, Keepsake[]][]} */
    const all = await entries(store);
    const old = all.sort(([, [a]], [, [b]]) => b.when - a.when).slice(most);
    await delMany(
      old.map(([key]) => key),
      store,
    );
  }

  return {
    /** What is remembered, the newest first. @param {string} key @returns {Promise<Keepsake[]>} */
    async find(key) {
      const { get, store } = await storage();
      return (await get(name(key), store)) ?? [];
    },
    /** @param {string} key @param {number} done @param {Uint8Array} bytes */
    async put(key, done, bytes) {
      const { update, store } = await storage();
      let known = 0;
      await update(
        name(key),
        (/** @type {Keepsake[] | undefined} */ before = []) => {
          known = before.length;
          return [
            { done, bytes, when: now() },
            ...before.filter((one) => one.done !== done).slice(0, each - 1),
          ];
        },
        store,
      );
      // All that is remembered is read for that, so not with every second of training.
      if (!known) await tidy();
    },
    /** @param {string} key */
    async forget(key) {
      const { del, store } = await storage();
      await del(name(key), store);
    },
  };
}

/** @typedef {ReturnType<typeof createKeepsakes>} Keepsakes */
