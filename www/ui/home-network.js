// The leaf of networks: what was trained or is asked here, as files for PyTorch with a script that reads them; and a file that runs in the lab.
import { saveFile } from "./csv.js";
import { fill, h, write } from "./dom.js";
import { zip } from "./vendor.js";
import { headerOf, kindOf, largest, withMetadata } from "./weights.js";
/** @import { Experiment } from "../types.js" */
/** @import { Desk } from "./home.js" */

const script = new URL("../models/network.py", import.meta.url);
const unet = new URL("../../crate/train/unet.py", import.meta.url);
/**
 * What a lab that runs networks from files says of them.
 * @typedef {object} Guest
 * @property {(header: import("./weights.js").Header, linked: Experiment["values"] | null) => Experiment["values"]} values settings that such a network needs; linked: those of its own link, if that leads to the lab
 * @property {(header: import("./weights.js").Header) => boolean} [takes] whether the lab can run it
 * @property {(player: import("./player.js").Player, schema: import("../types.js").LabSchema, gallery: Desk["engine"]["gallery"]) => Promise<object | null>} [example] what the model that ships was asked last and said
 */

/** @param {Desk} desk */
export function create(desk) {
  const { words, player, engine, schema, link } = desk;
  const { t } = words;
  const list = h("ul", { class: "taken" });
  const said = h("p", { role: "status" });
  const all = h("button", { type: "button", class: "button primary", onclick: saveAll }, t("network.all"));
  const own = h(
    "button",
    { type: "button", class: "button", hidden: true, onclick: giveBack },
    t("network.own"),
  );
  const input = h("input", {
    type: "file",
    accept: ".safetensors",
    onchange: () => input.files?.[0] && bring(input.files[0]),
  });
  const drop = h(
    "div",
    { class: "drop" },
    h("p", {}, t("network.drop")),
    h("label", {}, t("network.choose"), " ", input),
  );
  const none = h("p", {}, t("network.none"));
  const element = h(
    "div",
    {},
    h("p", {}, t("network.about")),
    h("p", { class: "buttons" }, all),
    none,
    list,
    h("h3", {}, t("network.back")),
    h("p", {}, t("network.back.about")),
    drop,
    said,
    own,
  );
  drop.addEventListener("dragover", (event) => (event.preventDefault(), drop.classList.add("over")));
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    drop.classList.remove("over");
    const file = event.dataTransfer?.files[0];
    if (file) void bring(file);
  });
  const fail = (/** @type {unknown} */ error) =>
    write(said, t("network.refused", { why: /** @type {Error} */ (error).message }));

  /** @returns {Promise<{name: string, bytes: Uint8Array<ArrayBuffer>}[]>} */
  async function networks() {
    const address = await link();
    const { experiment, status } = player.state;
    const trained = (await player.networks()) ?? [];
    const model = trained.length ? null : status?.model;
    const ships = await Promise.all(
      (model ? model.split(" ") : [])
        .filter((name) => !name.startsWith("stretch/text"))
        .map(async (name) => ({ name: name.replace("/", "-"), bytes: await engine.weights(name) })),
    );
    const guest = model && (await desk.labs.find(({ id }) => id === schema.id)?.runs?.code());
    const example = guest && (await guest.example?.(player, schema, engine.gallery));
    return [...trained, ...ships].map(({ name, bytes }) => ({
      name: `chailou-${schema.id}-${name}`,
      bytes: withMetadata(bytes, {
        link: address,
        settings: JSON.stringify(experiment?.values ?? {}),
        seed: String(experiment?.values.seed ?? ""),
        licence: "MIT OR Apache-2.0",
        ...(example && { example: JSON.stringify(example) }),
      }),
    }));
  }

  async function show() {
    const found = await networks();
    none.hidden = found.length > 0;
    all.hidden = !found.length;
    fill(
      list,
      ...found.map(({ name, bytes }) =>
        h(
          "li",
          {},
          h("span", {}, h("b", {}, name), " ", t("network.size", { kb: Math.round(bytes.length / 1024) })),
          h(
            "button",
            {
              type: "button",
              class: "quiet",
              onclick: () => saveFile(new Blob([bytes]), `${name}.safetensors`),
            },
            ".safetensors",
          ),
        ),
      ),
    );
  }

  async function saveAll() {
    all.disabled = true;
    try {
      const [{ zipSync, strToU8 }, found, reader, pictures] = await Promise.all([
        zip(),
        networks(),
        text(script),
        text(unet),
      ]);
      /** @type {Record<string, Uint8Array>} */
      const files = { "network.py": strToU8(reader) };
      for (const { name, bytes } of found) {
        files[`${name}.safetensors`] = bytes;
        if (kindOf(headerOf(bytes)) === "unet") files["unet.py"] = strToU8(pictures);
      }
      saveFile(new Blob([zipSync(files, { level: 0 })]), `chailou-${schema.id}-network.zip`);
      write(said, t("network.saved"));
    } catch (error) {
      fail(error);
    } finally {
      all.disabled = false;
    }
  }

  /** @param {File} file */
  async function bring(file) {
    write(said, t("network.reading", { name: file.name }));
    try {
      if (file.size > largest)
        throw new Error(t("network.large", { mb: file.size >> 20, most: largest >> 20 }));
      const bytes = new Uint8Array(await file.arrayBuffer());
      const experiment = await experimentFor(headerOf(bytes));
      await engine.bring(experiment, bytes);
      await desk.go(experiment);
      own.hidden = false;
      write(said, t("network.runs", { name: file.name }));
    } catch (error) {
      fail(error);
    } finally {
      input.value = "";
    }
  }

  /** Where a file runs: what its link leads to, if that asks such a network; else its lab as it stands. @param {import("./weights.js").Header} header @returns {Promise<Experiment>} */
  async function experimentFor(header) {
    const kind = kindOf(header);
    if (kind === null) throw new Error(t("network.unknown"));
    const place = desk.labs.find(({ runs }) => runs?.kind === kind);
    const guest = await place?.runs?.code();
    if (!place || !guest || guest.takes?.(header) === false) throw new Error(t("network.elsewhere"));
    const fragment = (header.metadata.link ?? "").split("#")[1] ?? "";
    const linked = fragment ? (await engine.parse(fragment)).experiment : null;
    const here = player.state.experiment;
    const mine = linked?.lab === place.id ? linked : null;
    const begun =
      mine ??
      (here?.lab === place.id
        ? here
        : (await engine.parse(new URLSearchParams({ lab: place.id }).toString())).experiment);
    const { values } = begun;
    const looks = Object.fromEntries(
      ["lang", "theme", "type", "controls"].map((key) => [key, here?.values[key] ?? values[key]]),
    );
    const needs = guest.values(header, mine?.values ?? null);
    return { ...begun, values: { ...values, ...looks, ...needs }, check: null };
  }

  async function giveBack() {
    const { experiment } = player.state;
    if (!experiment) return;
    await engine.bring(experiment, null);
    await desk.go({ ...experiment, check: null });
    own.hidden = true;
    write(said, "");
  }
  return { element, show: () => show().catch(fail), bring };
}

/** @param {URL} address */
async function text(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address.pathname}: ${answer.status}`);
  return answer.text();
}
