// Networks that were trained in this browser, in its own storage: reload and Back find them again.

/** @typedef {{done: number, bytes: Uint8Array, when: number}} Keepsake */

/** Fetched when there is first something to find or to keep. @type {Promise<{store: any, del: any, get: any, keys: any, update: any}> | null} */
let opened = null;
const storage = () =>
  (opened ??= import("../../node_modules/idb-keyval/dist/index.js").then((library) => ({
    ...library,
    store: library.createStore("chailou", "networks"),
  })));

/** Networks that are remembered; the one that was trained longest ago goes first. */
const most = 12;
/** Of each the latest two: the address may be a moment behind the newest, and a network cannot be trained back. */
const each = 2;

/** @param {string} version another way of training is another network @param {() => number} [now] */
export function createKeepsakes(version, now = Date.now) {
  const name = (/** @type {string} */ key) => `${version} ${key}`;

  async function tidy() {
    const { keys, get, del, store } = await storage();
    const all = await Promise.all(
      (await keys(store)).map(async (/** @type {string} */ key) => ({
        key,
        when: (await get(key, store))?.[0]?.when ?? 0,
      })),
    );
    const old = all.sort((a, b) => b.when - a.when).slice(most);
    await Promise.all(old.map(({ key }) => del(key, store)));
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
      await update(
        name(key),
        (/** @type {Keepsake[] | undefined} */ before = []) => [
          { done, bytes, when: now() },
          ...before.filter((one) => one.done !== done).slice(0, each - 1),
        ],
        store,
      );
      await tidy();
    },
    /** @param {string} key */
    async forget(key) {
      const { del, store } = await storage();
      await del(name(key), store);
    },
  };
}

/** @typedef {ReturnType<typeof createKeepsakes>} Keepsakes */
