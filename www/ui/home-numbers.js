// The leaf of numbers: every figure, claim and setting as a table, one by one or all in a zip with the picture.
import { saveFile, saveText } from "./csv.js";
import { fill, h, write } from "./dom.js";
import { svgOf } from "./svg.js";
import { common, csvOf, frameRows, jsonOf, readoutRows, settingRows } from "./tables.js";
import { zip } from "./vendor.js";
/** @import { Frame } from "../types.js" */
/** @import { Desk } from "./home.js" */

/** A frame of more numbers is in the file of all frames alone: a table of it would help nobody. */
const most = 200_000;

/** @param {Desk} desk */
export function create(desk) {
  const { words, player, schema, lab, link } = desk;
  const { t } = words;
  const said = h("p", { role: "status" });
  const list = h("ul", { class: "taken" });
  const all = h("button", { type: "button", class: "button primary", onclick: saveAll }, t("numbers.all"));
  const element = h("div", {}, h("p", {}, t("numbers.about")), h("p", { class: "buttons" }, all), said, list);
  const columns = () => ({ ...common, ...lab()?.numbers.columns });
  const stem = () => `chailou-${schema.id}`;
  const fileOf = (/** @type {string} */ name) => name.replace(/\W+/g, "-");

  async function gather() {
    const gathered = await player.gather(lab()?.numbers.names ?? []);
    if (!gathered) throw new Error(t("home.gone"));
    const { frames, refused } = gathered;
    return { frames: frames.filter(({ data }) => data.length), refused };
  }
  /** @param {string} name @param {string} what @param {() => unknown} csv @param {() => unknown} json */
  const row = (name, what, csv, json) =>
    h(
      "li",
      {},
      h("span", {}, h("b", {}, name), " ", what),
      h("button", { type: "button", class: "quiet", "aria-label": `${name}: CSV`, onclick: csv }, "CSV"),
      h("button", { type: "button", class: "quiet", "aria-label": `${name}: JSON`, onclick: json }, "JSON"),
    );
  const saveJson = (/** @type {string} */ text, /** @type {string} */ name) =>
    saveFile(new Blob([text], { type: "application/json" }), name);

  const claimsJson = (/** @type {string} */ address) =>
    JSON.stringify({ link: address, readouts: player.state.readouts }, null, 1);

  async function show() {
    const { frames } = await gather();
    fill(
      list,
      player.state.readouts.length
        ? row(
            t("numbers.claims"),
            t("numbers.count", { n: player.state.readouts.length }),
            async () =>
              saveText(
                csvOf(await link(), readoutRows(player.state.readouts, words.language)),
                `${stem()}-claims.csv`,
              ),
            async () => saveJson(claimsJson(await link()), `${stem()}-claims.json`),
          )
        : null,
      ...frames.map((frame) =>
        row(
          frame.name,
          frame.shape.join(" × "),
          async () =>
            saveText(
              csvOf(await link(), frameRows(frame, columns()[frame.name])),
              `${stem()}-${fileOf(frame.name)}.csv`,
            ),
          async () =>
            saveJson(jsonOf(await link(), [frame], columns()), `${stem()}-${fileOf(frame.name)}.json`),
        ),
      ),
    );
  }

  async function saveAll() {
    all.disabled = true;
    try {
      const [{ zipSync, strToU8 }, { frames, refused }, address] = await Promise.all([
        zip(),
        gather(),
        link(),
      ]);
      const { experiment, readouts } = player.state;
      const { canvas } = await desk.plate(address);
      const picture = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
      /** @type {Record<string, Uint8Array>} */
      const files = {
        "README.txt": strToU8(readme(address, frames, refused)),
        "settings.csv": strToU8(csvOf(address, settingRows(experiment?.values ?? {}))),
        "experiment.json": strToU8(JSON.stringify({ link: address, ...experiment }, null, 1)),
        "claims.csv": strToU8(csvOf(address, readoutRows(readouts, words.language))),
        "claims.json": strToU8(claimsJson(address)),
        "frames.json": strToU8(jsonOf(address, frames, columns())),
        "picture.png": new Uint8Array(await picture.arrayBuffer()),
      };
      for (const frame of frames)
        if (frame.data.length <= most)
          files[`figures/${fileOf(frame.name)}.csv`] = strToU8(
            csvOf(address, frameRows(frame, columns()[frame.name])),
          );
      for (const { file, text } of (await svgOf(desk, address)).saved)
        files[`charts/${file}`] = strToU8(text);
      const bytes = zipSync(files, { level: 6 });
      saveFile(new Blob([bytes], { type: "application/zip" }), `${stem()}.zip`);
      write(said, t("numbers.done", { n: Object.keys(files).length, name: `${stem()}.zip` }));
    } catch (error) {
      write(said, t("home.failed", { why: /** @type {Error} */ (error).message }));
    } finally {
      all.disabled = false;
    }
  }

  /** @param {string} address @param {Frame[]} frames @param {{name: string, why: string}[]} refused */
  const readme = (address, frames, refused) =>
    [
      address,
      "",
      t("numbers.readme"),
      "",
      ...frames.map(({ name, shape }) => `${name}: ${shape.join(" × ")}`),
      ...(refused.length
        ? ["", t("numbers.refused"), ...refused.map(({ name, why }) => `${name}: ${why}`)]
        : []),
    ].join("\n");

  return { element, show };
}
