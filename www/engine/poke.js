// The bytes of the weights in use: their seal, and a poke that turns the sign of one tensor, so that one sees that they are computed with.

/** @typedef {{name: string, begin: number, end: number, width: number}} Place where a tensor's numbers lie in the file, and bytes a number */
/** @typedef {{model: string, tensor: string}} Poke */

const hex = (/** @type {ArrayBuffer} */ bytes) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** SHA-256; null where the browser keeps it from pages that came over an open line. @param {Uint8Array} bytes */
export const sealOf = async (bytes) =>
  crypto.subtle
    ? hex(await crypto.subtle.digest("SHA-256", /** @type {Uint8Array<ArrayBuffer>} */ (bytes)))
    : null;

/** @type {Record<string, number>} */
const widths = { F16: 2, BF16: 2, F32: 4 };

/** The tensors of a file, as its header has them. @param {Uint8Array} bytes @returns {Place[]} */
export function tensorsOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  /** @type {Record<string, {dtype: string, data_offsets: [number, number]}>} */
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  return Object.entries(header).flatMap(([name, { dtype, data_offsets: [begin, end] = [0, 0] }]) =>
    widths[dtype] ? [{ name, begin: 8 + length + begin, end: 8 + length + end, width: widths[dtype] }] : [],
  );
}

/** The largest one but its like: where most is learned, most is seen. @param {Place[]} tensors */
export const telling = (tensors) =>
  tensors.filter(({ name }) => !/emb/.test(name)).sort((a, b) => b.end - b.begin - (a.end - a.begin))[0];

/** The file with all numbers of this tensor times −1, whatever their type: the sign is a number's topmost bit. @param {Uint8Array} bytes @param {string} tensor */
export function turned(bytes, tensor) {
  const place = tensorsOf(bytes).find(({ name }) => name === tensor);
  if (!place) throw new Error(`There is no tensor called ${tensor} in these weights.`);
  const copy = bytes.slice();
  for (let i = place.begin + place.width - 1; i < place.end; i += place.width) copy[i] ^= 0x80;
  return copy;
}
