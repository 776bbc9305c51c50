// Lesson files: read with every bound there is, or refused with the place and the way out; packed into a link and back.
import { Validator } from "@cfworker/json-schema";
import schema from "../lessons/lesson.schema.json" with { type: "json" };
/** @import { Text } from "../types.js" */

/** @typedef {Partial<Text>} Said in one language at least */
/** @typedef {"below" | "above" | "equals"} Is */
/**
 * @typedef {object} Prediction
 * @property {Said} ask
 * @property {"number" | "choice" | "place"} kind
 * @property {number} [min] @property {number} [max] @property {number} [step] @property {string} [unit]
 * @property {{text: Said, is?: Is, value?: number, tolerance?: number}[]} [options]
 * @property {number} [right]
 * @property {string} [readout]
 * @property {number} [near]
 * @property {[number, number]} [place] @property {number} [within]
 * @property {string} [reveal]
 * @property {Said} [after]
 */
/** @typedef {{readout: string, is: Is, value: number, tolerance?: number, done?: Said}} Check */
/** @typedef {{link: string, text: Said, do?: Said, show?: string[], hide?: string[], lock?: string[], predict?: Prediction, check?: Check}} Step */
/** @typedef {{$schema?: string, "chailou-lesson": 1, title: Said, about?: Said, minutes?: number, author?: string, licence?: string, steps: Step[]}} Lesson */

/** Bytes of a file that is read. */
export const mostBytes = 512 * 1024;
/** Characters of a packed lesson that a link carries. */
export const mostPacked = 16 * 1024;
/** Lists and objects within each other; the format itself has eight. */
const deepest = 12;

/** @typedef {"size" | "json" | "depth" | "packed" | "required" | "unknown" | "type" | "long" | "value" | "judge" | "right" | "range"} Fault */

/** A lesson that cannot be used: what is wrong, and where. */
export class LessonFault extends Error {
  /** @param {Fault} fault @param {string} path "steps[2].text" @param {string} [detail] */
  constructor(fault, path, detail = "") {
    super(`${path || "lesson"}: ${fault} ${detail}`.trim());
    this.name = "LessonFault";
    this.fault = fault;
    this.path = path;
    this.detail = detail;
  }
}

/** "#/steps/2/text" as one writes it in a program. @param {string} pointer */
const pathOf = (pointer) =>
  pointer
    .replace(/^#\/?/, "")
    .split("/")
    .filter(Boolean)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path ? `${path}.${part}` : part), "");

/** What a keyword of the schema that was not kept means. @type {Record<string, Fault>} */
const faults = {
  required: "required",
  additionalProperties: "unknown",
  type: "type",
  maxLength: "long",
  maxItems: "long",
};

/** @param {unknown} value @param {number} [depth] @returns {boolean} */
function tooDeep(value, depth = 0) {
  if (value === null || typeof value !== "object") return false;
  return depth >= deepest || Object.values(value).some((inner) => tooDeep(inner, depth + 1));
}

const validator = new Validator(/** @type {any} */ (schema), "2020-12");

/** What a schema cannot say. @param {Step} step @param {string} path */
function judge({ predict }, path) {
  if (!predict) return;
  const { kind, options = [], right, readout, min = 0, max = 0 } = predict;
  if (kind === "number" && min >= max) throw new LessonFault("range", `${path}.max`);
  if (kind !== "choice") return;
  if (right !== undefined && right >= options.length) throw new LessonFault("right", `${path}.right`);
  const judged = options.every(({ is, value }) => is && value !== undefined);
  if (right === undefined && !(readout && judged)) throw new LessonFault("judge", path);
}

/** @param {string} text of a file @returns {Lesson} @throws {LessonFault} */
export function readLesson(text) {
  if (text.length > mostBytes) throw new LessonFault("size", "", String(text.length));
  let lesson;
  try {
    lesson = JSON.parse(text);
  } catch (error) {
    throw new LessonFault("json", "", String(/** @type {Error} */ (error).message));
  }
  if (tooDeep(lesson)) throw new LessonFault("depth", "");
  const { valid, errors } = validator.validate(lesson);
  if (!valid) {
    // The deepest says most: those above it only say that something below is wrong.
    const own = errors.filter(({ keyword }) => !/^(properties|items|\$ref|allOf|if|then)$/.test(keyword));
    const { keyword, instanceLocation, error } = own.at(0) ?? errors[0];
    const fault = faults[keyword] ?? "value";
    // What is missing, or known to nobody, is named by the place that it would have.
    const name = /^(required|unknown)$/.test(fault) ? /"([^"]*)"/.exec(error)?.[1] : undefined;
    throw new LessonFault(fault, pathOf(name ? `${instanceLocation}/${name}` : instanceLocation), error);
  }
  lesson.steps.forEach((/** @type {Step} */ step, /** @type {number} */ i) =>
    judge(step, `steps[${i}].predict`),
  );
  return lesson;
}

/** @param {Lesson} lesson */
export const written = (lesson) => `${JSON.stringify(lesson, null, 2)}\n`;

/** @param {ReadableStream<any>} stream @param {number} most bytes; more of them are refused before they fill the memory */
async function gather(stream, most) {
  const reader = stream.getReader();
  /** @type {Uint8Array[]} */
  const parts = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(/** @type {BlobPart[]} */ (parts));
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new LessonFault("size", "", String(length));
    }
    parts.push(value);
  }
}

/** For a link. @param {Lesson} lesson @returns {Promise<string>} */
export async function packLesson(lesson) {
  const { $schema: _, ...rest } = lesson;
  const packed = new Blob([JSON.stringify(rest)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} packed @returns {Promise<Lesson>} @throws {LessonFault} */
export async function unpackLesson(packed) {
  if (packed.length > 4 * mostPacked) throw new LessonFault("size", "", String(packed.length));
  let blob;
  try {
    const text = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    blob = await gather(
      new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")),
      mostBytes,
    );
  } catch (error) {
    if (error instanceof LessonFault) throw error;
    throw new LessonFault("packed", "");
  }
  return readLesson(await blob.text());
}

/** Of a file or an answer, which may be far longer than it says. @param {ReadableStream<any>} stream */
export const readStream = async (stream) => readLesson(await (await gather(stream, mostBytes)).text());
