// How large a PNG is meant to be: dots an inch in its pHYs chunk, which goes before the pixels.

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});
/** As PNG (ISO 15948, annex D) has it. @param {Uint8Array} bytes */
function crc(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = table[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
/** The signature, and IHDR with its length, name and sum: it always comes first. */
const head = 8 + 4 + 4 + 13 + 4;
const metres = 0.0254;

/** @param {Uint8Array} png @param {number} dpi @returns {Uint8Array<ArrayBuffer>} */
export function withResolution(png, dpi) {
  const chunk = new Uint8Array(4 + 4 + 9 + 4);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, 9);
  chunk.set(new TextEncoder().encode("pHYs"), 4);
  const dots = Math.round(dpi / metres);
  view.setUint32(8, dots);
  view.setUint32(12, dots);
  view.setUint8(16, 1);
  view.setUint32(17, crc(chunk.subarray(4, 17)));
  const file = new Uint8Array(png.length + chunk.length);
  file.set(png.subarray(0, head));
  file.set(chunk, head);
  file.set(png.subarray(head), head + chunk.length);
  return file;
}
