// What a saved picture says of the way back to its experiment: a code for a camera where one can hold the link, and a few words.
import { qr } from "./vendor.js";
/** @import { Imprint } from "../views/imprint.js" */
/** @import { Words } from "./i18n.js" */

/** A code of more modules than version 25 has would not be read from a screen. */
const finest = 25;
/** Bytes that it holds. */
export const mostBytes = 1273;

/** @param {Words} words @param {string} link @returns {Promise<Imprint>} */
export async function imprintOf({ t }, link) {
  if (new TextEncoder().encode(link).length > mostBytes)
    return { link, code: null, caption: t("save.caption.long") };
  const { encode } = await qr();
  return {
    link,
    code: encode(link, { ecc: "L", boostEcc: true, maxVersion: finest, border: 0 }),
    caption: t("save.caption"),
  };
}
