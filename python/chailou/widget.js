// The live lab in a notebook: the page itself in a frame, which the notebook talks to by messages (docs: the page's README, "In another page").

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\]|)$/;

/** Where the page is, seen from this browser. */
async function address(model) {
  if (model.get("page")) return model.get("page");
  const port = model.get("_port");
  const colab = globalThis.google?.colab?.kernel;
  if (colab) return colab.proxyPort(port, { cache: true });
  const local = LOCAL.test(location.hostname) || !location.protocol.startsWith("http");
  if (local) return `http://localhost:${port}/`;
  // Python runs on another machine: jupyter-server-proxy, if it is there, leads to its port.
  const config = document.getElementById("jupyter-config-data");
  const root = config ? JSON.parse(config.textContent).baseUrl : (document.body.dataset.baseUrl ?? "/");
  return new URL(`${root.replace(/\/$/, "")}/proxy/${port}/`, location.href).href;
}

/** Readouts by their ids, without what is only read. */
const byId = (readouts) =>
  Object.fromEntries(readouts.map(({ id, value, expected, verdict }) => [id, { value, expected, verdict }]));

export default {
  async render({ model, el }) {
    const frame = document.createElement("iframe");
    Object.assign(frame, { title: "Chailou", allow: "fullscreen; clipboard-write" });
    frame.style.cssText = "display:block;width:100%;border:0;height:640px;background:transparent";
    const note = document.createElement("p");
    note.style.cssText = "margin:0.5em 0;font-size:14px";
    el.append(frame, note);

    /** The link that the page and the notebook agree on. */
    let agreed = model.get("link");
    const send = (message) => frame.contentWindow?.postMessage({ v: 1, ...message }, "*");
    const say = (text) => {
      note.textContent = text;
      note.hidden = !text;
    };

    const heard = ({ source, data }) => {
      if (source !== frame.contentWindow || data?.v !== 1) return;
      if (data.type === "ready") {
        say("");
        send({ type: "subscribe", readouts: true });
        // What was set while it was on its way.
        if (model.get("link") !== agreed) changed();
      }
      if (data.type === "height" && data.height > 0) frame.style.height = `${Math.ceil(data.height)}px`;
      if (data.type === "problem") {
        say(data.message);
        model.set("problem", data.message);
        model.save_changes();
      }
      if (data.type === "answer" && data.error) {
        model.set("problem", data.error);
        model.save_changes();
      }
      if (data.type === "state") {
        agreed = data.link;
        model.set({
          link: data.link,
          at: data.at,
          length: data.length,
          playing: data.playing,
          values: data.values ?? {},
          problem: "",
        });
        if (data.readouts) model.set("readouts", byId(data.readouts));
        model.save_changes();
      }
    };
    const changed = () => {
      if (model.get("link") === agreed) return;
      agreed = model.get("link");
      send({ type: "open", id: "open", link: agreed });
    };
    const asked = (message) => send({ id: message.type, ...message });
    addEventListener("message", heard);
    model.on("change:link", changed);
    model.on("msg:custom", asked);

    const base = await address(model);
    say(`Waiting for the page at ${base}`);
    frame.src = `${base}#${agreed.replace(/^.*#/, "")}&embed=1`;

    return () => {
      removeEventListener("message", heard);
      model.off("change:link", changed);
      model.off("msg:custom", asked);
    };
  },
};
