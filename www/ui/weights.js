// Files of weights as the page handles them: what their header says, and words added to its metadata; the numbers are the engine's to check.

/** The largest file that is read at all; the engine says the same. */
export const largest = 1 << 26;
/** The largest header. */
const largestHeader = 1 << 20;

/** @typedef {{metadata: Record<string, string>, names: string[]}} Header */

/** @param {Uint8Array} bytes @returns {{table: Record<string, any>, begin: number}} begin: of the numbers */
function open(bytes) {
  const length =
    bytes.length < 8 ? 0 : Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length < 2 || length > largestHeader || 8 + length > bytes.length)
    throw new Error("it has no header of a safetensors file");
  let table;
  try {
    table = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, 8 + length)));
  } catch {
    throw new Error("its header is no table of tensors");
  }
  if (table === null || typeof table !== "object" || Array.isArray(table))
    throw new Error("its header is no table of tensors");
  return { table, begin: 8 + length };
}

/** @param {Uint8Array} bytes @returns {Header} */
export function headerOf(bytes) {
  const { __metadata__: said, ...tensors } = open(bytes).table;
  const metadata = Object.entries(said ?? {}).filter(([, value]) => typeof value === "string");
  return { metadata: Object.fromEntries(metadata), names: Object.keys(tensors) };
}

/** The same tensors with more metadata. @param {Uint8Array} bytes @param {Record<string, string>} more @returns {Uint8Array<ArrayBuffer>} */
export function withMetadata(bytes, more) {
  const { table, begin } = open(bytes);
  const text = JSON.stringify({ ...table, __metadata__: { ...table.__metadata__, ...more } });
  const header = new TextEncoder().encode(text);
  // Numbers start on a multiple of eight.
  const length = Math.ceil(header.length / 8) * 8;
  const whole = new Uint8Array(8 + length + bytes.length - begin);
  new DataView(whole.buffer).setBigUint64(0, BigInt(length), true);
  whole.fill(32, 8, 8 + length);
  whole.set(header, 8);
  whole.set(bytes.subarray(begin), 8 + length);
  return whole;
}

/** What kind of network a file holds, as far as its header tells. @param {Header} header @returns {"mlp" | "gpt" | "unet" | "sublayers" | null} */
export function kindOf({ metadata, names }) {
  if (metadata.network === "sublayers" || names.includes("s0.norm.weight")) return "sublayers";
  if (names.includes("conv_in.weight")) return "unet";
  if (names.includes("emb.weight")) return "gpt";
  return names.includes("l0.weight") ? "mlp" : null;
}

/** Whether the heads of a transformer mix as those do that write. @param {Header} header */
export function writes({ metadata }) {
  if (!metadata.mixing) return (metadata.scheme ?? "rope") === "rope";
  const { kernel, sights, position } = JSON.parse(metadata.mixing);
  return kernel === "softmax" && position === "rotary" && JSON.stringify(sights) === '[["past"]]';
}
