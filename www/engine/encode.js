// Encodes a film: GIF in any browser, WebM and MP4 by the browser's own encoders where it has them. Libraries come with the first film.
/** @import { Format, Size } from "./filming.js" */

const port = /** @type {{postMessage(message: any): void, onmessage: any}} */ (/** @type {any} */ (self));

/** Codecs of each container, the one that most players know first. */
const codecs = /** @type {const} */ ({ webm: ["vp9", "vp8", "av1"], mp4: ["avc", "hevc", "vp9", "av1"] });
/** Bits a second, for drawings of thin lines. */
const bitrate = 6e6;

const bunny = () => import("mediabunny");

/** @param {"webm" | "mp4"} container @param {Size} size */
async function codecFor(container, { width, height }) {
  if (!("VideoEncoder" in self)) return null;
  const { canEncodeVideo } = await bunny();
  for (const codec of codecs[container])
    if (await canEncodeVideo(codec, { width, height, bitrate })) return codec;
  return null;
}

/** @type {{add: (picture: ImageBitmap, shown: number) => Promise<void>, finish: () => Promise<Blob>} | null} */
let film = null;

/** @param {Size} size */
async function gif({ width, height, fps }) {
  const { GIFEncoder, quantize, applyPalette } = await import("gifenc");
  const encoder = GIFEncoder();
  const pen = penOf(width, height);
  return {
    /** @param {ImageBitmap} picture @param {number} shown */
    async add(picture, shown) {
      pen.drawImage(picture, 0, 0, width, height);
      const { data } = pen.getImageData(0, 0, width, height);
      const palette = quantize(data, 256);
      // A hundredth of a second is the finest that the format knows.
      encoder.writeFrame(applyPalette(data, palette), width, height, {
        palette,
        delay: Math.round((100 * shown) / fps) * 10,
      });
    },
    async finish() {
      encoder.finish();
      return new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (encoder.bytes())], { type: "image/gif" });
    },
  };
}

/** @param {"webm" | "mp4"} container @param {Size} size */
async function video(container, size) {
  const codec = await codecFor(container, size);
  if (!codec) throw new Error(`This browser encodes no ${container}.`);
  const { BufferTarget, CanvasSource, Mp4OutputFormat, Output, WebMOutputFormat } = await bunny();
  const { width, height, fps } = size;
  const target = new BufferTarget();
  const format =
    container === "webm" ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart: "in-memory" });
  const output = new Output({ format, target });
  const pen = penOf(width, height);
  const source = new CanvasSource(pen.canvas, { codec, bitrate });
  output.addVideoTrack(source, { frameRate: fps });
  await output.start();
  let at = 0;
  return {
    /** @param {ImageBitmap} picture @param {number} shown */
    async add(picture, shown) {
      pen.drawImage(picture, 0, 0, width, height);
      for (let i = 0; i < shown; i++) await source.add(at++ / fps, 1 / fps);
    },
    async finish() {
      await output.finalize();
      return new Blob([/** @type {ArrayBuffer} */ (target.buffer)], { type: `video/${container}` });
    },
  };
}

/** @param {number} width @param {number} height */
function penOf(width, height) {
  const pen = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("This browser draws nothing in a worker.");
  return pen;
}

/** @type {Record<string, (what: any) => Promise<any>>} */
const verbs = {
  /** @param {Size} size @returns {Promise<Format[]>} */
  async formats(size) {
    const [webm, mp4] = [await codecFor("webm", size), await codecFor("mp4", size)];
    return [
      "gif",
      ...(webm ? /** @type {const} */ (["webm"]) : []),
      ...(mp4 ? /** @type {const} */ (["mp4"]) : []),
    ];
  },
  /** @param {Size & {format: Format}} what */
  async begin({ format, ...size }) {
    film = format === "gif" ? await gif(size) : await video(format, size);
  },
  /** @param {{picture: ImageBitmap, shown: number}} what */
  async add({ picture, shown }) {
    await film?.add(picture, shown);
    picture.close();
  },
  finish: async () => film?.finish(),
};

port.onmessage = async (/** @type {{data: {verb: string, what: any}}} */ { data: { verb, what } }) => {
  try {
    port.postMessage({ value: await verbs[verb](what) });
  } catch (error) {
    port.postMessage({ failure: String(/** @type {Error} */ (error)?.message ?? error) });
  }
};
