// Libraries that may come late: fetched after the first live frame, once.

/** @template T @param {() => Promise<T>} load @returns {() => Promise<T>} */
const once = (load) => {
  /** @type {Promise<T> | undefined} */
  let promise;
  return () => (promise ??= load().catch((error) => ((promise = undefined), Promise.reject(error))));
};
/** @param {string} path @returns {Promise<any>} */
const fetchModule = (path) => import(new URL(path, import.meta.url).href).then((module) => module.default);
/** @param {string} path */
const style = (path) =>
  new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), {
      rel: "stylesheet",
      href: new URL(path, import.meta.url).href,
      onload: resolve,
      onerror: reject,
    });
    document.head.append(link);
  });

export const katex = once(
  async () =>
    (await Promise.all([fetchModule("../vendor/katex/katex.js"), style("../vendor/katex/katex.css")]))[0],
);
export const uPlot = once(
  async () =>
    (await Promise.all([fetchModule("../vendor/uplot/uplot.js"), style("../vendor/uplot/uplot.css")]))[0],
);
export const metaPng = once(() => fetchModule("../vendor/meta-png/meta-png.js"));
