// Until main.js listens: whatever does not come, or falls over on its way, gets the page that has stopped. No module: those may be what fails.
(() => {
  /** ms after which nothing is expected any more; what comes later still opens the page. */
  const patience = 20_000;
  const root = document.documentElement;
  const language = root.lang.slice(0, 2);

  /** @param {string} what */
  function stop(what) {
    const box = document.querySelector(`#stopped-${language}`);
    if ("listening" in root.dataset || !box) return;
    const said = /** @type {Element} */ (box.querySelector("[data-what]"));
    said.textContent ||= what;
    /** @type {HTMLInputElement} */ (box.querySelector("input")).value = location.href;
    box.querySelector("button")?.addEventListener("click", () => location.reload());
    // Filled first: a reader hears the whole of it.
    box.removeAttribute("hidden");
  }
  const file = (/** @type {string} */ address) => address.replace(/^.*\//, "");

  addEventListener(
    "error",
    ({ target, message }) => {
      if (target instanceof HTMLScriptElement) stop(file(target.src));
      else if (message) stop(message);
    },
    true,
  );
  if (!("noModule" in HTMLScriptElement.prototype)) stop("module scripts");
  setTimeout(() => stop(`${patience / 1000} s`), patience);
})();
