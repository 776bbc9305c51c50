// The front end of the widget: the element <chailou-lab> of the page at `site`, and what it says handed to Python.

const words = {
  en: (/** @type {string} */ site) =>
    `The page of Chailou at ${site} cannot be reached from this browser. Name one that can: Lab(link, site="https://…").`,
  zh: (/** @type {string} */ site) =>
    `此浏览器无法访问 ${site} 处的拆楼页面。请指定可访问的地址：Lab(link, site="https://…")。`,
};

/** The link and what becomes the element's attributes. */
const attributes = ["link", "lang", "theme", "controls"];

/** @param {{model: any, el: HTMLElement}} widget */
async function render({ model, el }) {
  const site = model.get("site");
  /** @param {Record<string, unknown>} said */
  const tell = (said) => {
    for (const [name, value] of Object.entries(said)) model.set(name, value);
    model.save_changes();
  };
  try {
    await import(/* @vite-ignore */ `${site}embed/chailou-lab.js`);
  } catch {
    const sentence = words[model.get("lang") === "zh" ? "zh" : "en"](site);
    el.textContent = sentence;
    tell({ problem: sentence });
    return;
  }
  const lab = /** @type {any} */ (document.createElement("chailou-lab"));
  lab.setAttribute("src", site);
  const look = () => {
    for (const name of attributes) {
      const value = model.get(name);
      if (value) lab.setAttribute(name, value);
      else lab.removeAttribute(name);
    }
  };
  look();
  lab.addEventListener("input", () => {
    const { link, at, length, playing, values, readouts } = lab.value;
    const measured = Object.fromEntries((readouts ?? []).map((/** @type {any} */ one) => [one.id, one]));
    tell({ here: link, at, length, playing, values, readouts: measured, problem: "" });
  });
  lab.addEventListener("error", (/** @type {ErrorEvent} */ { message }) => tell({ problem: message }));
  /** @param {{method: string, arguments: unknown[]}} asked */
  const ask = ({ method, arguments: given }) => {
    lab[method](...given).catch((/** @type {Error} */ { message }) => tell({ problem: message }));
  };
  const changed = attributes.map((name) => `change:${name}`).join(" ");
  model.on(changed, look);
  model.on("msg:custom", ask);
  el.append(lab);
  return () => {
    model.off(changed, look);
    model.off("msg:custom", ask);
  };
}

export default { render };
