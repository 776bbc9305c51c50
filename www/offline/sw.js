// Keeps what was visited, by its content: one version of the page with its own files, whole or not at all. Built into sw.js beside index.html.
/* global FILES, PAGES, VERSION */

/** Everything that the build named by its content. @type {Set<string>} */
const files = new Set(FILES);
/** The pages themselves, by the SHA-256 of their text: what a host sends between two versions is taken for neither. @type {Record<string, string>} */
const pages = PAGES;
const prefix = "chailou-";
const mine = prefix + VERSION;
const worker = /** @type {any} */ (self);
const scope = new URL(worker.registration.scope).pathname;

/** Its name in the lists, if it is one of this page's. @param {string} url */
function named(url) {
  const { origin, pathname } = new URL(url);
  if (origin !== worker.location.origin || !pathname.startsWith(scope)) return null;
  const name = decodeURI(pathname.slice(scope.length));
  return name === "" || name.endsWith("/") ? `${name}index.html` : name;
}
const address = (/** @type {string} */ name) =>
  new URL(name.replace(/(^|\/)index\.html$/, "$1"), worker.registration.scope).href;
/** What it was before the build put its content into its name. @param {string} name */
const plain = (name) => name.replace(/-[\w-]{8}(\.\w+)$/, "$1");

/** @param {Response} answer @param {string} name */
async function checked(answer, name) {
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  if (!(name in pages)) return answer;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.clone().arrayBuffer()));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== pages[name]) throw new Error(`${name} is of another version`);
  return answer;
}

/** One file, from another version that has the very same one, or from the host. @param {Cache} cache @param {string} name */
async function keep(cache, name) {
  const url = address(name);
  if (await cache.match(url)) return;
  const same = name in pages ? undefined : await caches.match(url);
  await cache.put(
    url,
    same ?? (await checked(await fetch(url, { cache: name in pages ? "no-cache" : "default" }), name)),
  );
}

const versions = async () => (await caches.keys()).filter((name) => name.startsWith(prefix));

/** The page, and what is now in the place of everything that was visited before: all of it, one after another, or this version waits. */
async function install() {
  const cache = await caches.open(mine);
  try {
    await keep(cache, "index.html");
    const visited = new Set();
    for (const version of await versions())
      for (const { url } of await (await caches.open(version)).keys()) visited.add(plain(named(url) ?? ""));
    for (const name of [...files, ...Object.keys(pages)])
      if (visited.has(plain(name))) await keep(cache, name);
  } catch (error) {
    await caches.delete(mine);
    throw error;
  }
}

/** The version before stays for pages that are still open. */
async function activate() {
  for (const old of (await versions()).slice(0, -2)) if (old !== mine) await caches.delete(old);
  await worker.clients.claim();
}

/** @param {Request} request @param {string} name */
async function fromHere(request, name) {
  const cache = await caches.open(mine);
  // Asked for once more, past what is kept: something was wrong with it.
  const again = !(name in pages) && (request.cache === "reload" || new URL(request.url).search !== "");
  const kept = again ? undefined : await cache.match(address(name));
  return kept ?? fromThere(request, name, cache);
}

/** @param {Request} request @param {string} name @param {Cache} cache */
async function fromThere(request, name, cache) {
  try {
    const answer = await fetch(request);
    // A host that has gone on to another version has it no more.
    if (!answer.ok) return (await caches.match(address(name))) ?? answer;
    // Another version of the page brings its own names with it: it is shown, and not kept as this one.
    const right = await checked(answer.clone(), name).catch(() => null);
    if (right) await cache.put(address(name), right).catch(() => {});
    return answer;
  } catch (error) {
    const kept = (await cache.match(address(name))) ?? (await caches.match(address(name)));
    if (kept) return kept;
    throw error;
  }
}

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const name = named(request.url);
  if (name === null) return;
  if (request.mode === "navigate" ? name in pages : files.has(name))
    event.respondWith(fromHere(request, name));
});

/** Everything named, one after another. Answers with how many there are, and why it stopped. @param {string[]} urls */
async function keepAll(urls) {
  const cache = await caches.open(mine);
  let kept = 0;
  for (const url of urls) {
    const name = named(url);
    if (name === null || !(files.has(name) || name in pages)) continue;
    try {
      await keep(cache, name);
      kept++;
    } catch (error) {
      const { name: kind } = /** @type {Error} */ (error);
      if (kind === "QuotaExceededError") return { kept, full: true };
    }
  }
  return { kept, full: false };
}

worker.addEventListener("message", (/** @type {any} */ event) => {
  const { data, ports } = event;
  if (data?.take) return worker.skipWaiting();
  if (Array.isArray(data?.keep))
    event.waitUntil(keepAll(data.keep).then((said) => ports[0]?.postMessage(said)));
});
