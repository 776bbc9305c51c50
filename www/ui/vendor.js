// Libraries that may come late: fetched after the first live frame.
import { once } from "../engine/once.js";

/** A sheet of styles that comes with what it is for, and stays. @param {URL} url */
export const style = (url) =>
  new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), {
      rel: "stylesheet",
      href: url.href,
      onload: resolve,
      onerror: reject,
    });
    document.head.append(link);
  });
/** @param {Promise<{default: any}>} module @param {URL} [sheet] @returns {Promise<any>} */
const both = async (module, sheet) => (await Promise.all([module, sheet && style(sheet)]))[0].default;

export const katex = once(() =>
  both(import("katex"), new URL("../../node_modules/katex/dist/katex.min.css", import.meta.url)),
);
export const uPlot = once(() =>
  both(import("uplot"), new URL("../../node_modules/uplot/dist/uPlot.min.css", import.meta.url)),
);
export const metaPng = once(() => both(import("./metapng.js")));
export const qr = once(() => import("uqr"));
export const zip = once(() => import("fflate"));
/** The sheet of what is taken home. */
export const homeStyle = once(() => style(new URL("./home.css", import.meta.url)));
