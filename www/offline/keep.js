// What was visited works without a network: has sw.js keep it, and says when a new version waits. Comes after the first picture.
import { h } from "../ui/dom.js";
import { remember, remembered } from "../ui/memory.js";
/** @import { Engine } from "../engine/engine.js" */
/** @import { Words } from "../ui/i18n.js" */
/** @import { Notices } from "../ui/notices.js" */

/** ms between two looks at what has been fetched since, and how many of them: what comes later passes through sw.js anyway. */
const pause = 4000;
const looks = 8;
/** ms between two questions for a new version. */
const hourly = 3_600_000;

/**
 * @param {object} needs
 * @param {Engine} needs.engine
 * @param {Notices} needs.notices
 * @param {() => Words} needs.words
 * @param {string} needs.url of this page
 * @param {() => Promise<unknown>} needs.save what the page has become is for the address
 * @param {() => void} needs.reload
 */
export async function keepOffline({ engine, notices, words, url, save, reload }) {
  const { serviceWorker } = navigator;
  const list = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=manifest]"));
  if (!serviceWorker || !list || remembered("offline") === "off") return;
  const registration = await serviceWorker
    .register(new URL("sw.js", list.href), { updateViaCache: "none" })
    // A private window, or a browser that is told to keep nothing, works as it did before.
    .catch(() => null);
  if (!registration) return;

  /** @param {ServiceWorker | null} waiting */
  function tell(waiting) {
    if (!waiting || !serviceWorker.controller) return;
    const load = h(
      "button",
      {
        type: "button",
        class: "button",
        async onclick() {
          await save();
          serviceWorker.addEventListener("controllerchange", reload, { once: true });
          waiting.postMessage({ take: true });
        },
      },
      words().t("offline.load"),
    );
    notices.say(words(), words().t("offline.new"), { key: "version", body: h("div", {}, load) });
  }
  tell(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => installing.state === "installed" && tell(installing));
  });
  let asked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - asked < hourly) return;
    asked = Date.now();
    // Without a network there is nothing new.
    registration.update().catch(() => {});
  });

  const { active } = await serviceWorker.ready;
  /** @param {string[]} urls @returns {Promise<{kept: number, full: boolean}>} */
  const keep = (urls) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      active?.postMessage({ keep: urls }, [port2]);
    });

  /** There is no more room: the page goes on as it was. */
  function full() {
    const stop = h(
      "button",
      {
        type: "button",
        class: "button",
        async onclick() {
          remember("offline", "off");
          await registration?.unregister();
          for (const name of await caches.keys()) if (name.startsWith("chailou-")) await caches.delete(name);
          notices.drop("offline");
        },
      },
      words().t("offline.stop"),
    );
    notices.say(words(), words().t("offline.full"), {
      key: "offline",
      level: "warning",
      body: h("div", {}, stop),
    });
  }

  let known = 0;
  for (let look = 0; look < looks; look++) {
    const here = performance.getEntriesByType("resource").map(({ name }) => name);
    const all = [...new Set([url, ...here, ...(await engine.fetched())])];
    if (all.length > known) {
      known = all.length;
      if ((await keep(all)).full) return full();
      document.documentElement.dataset.kept = String(known);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
