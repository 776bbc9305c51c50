// A graph as a file of ONNX: just what the workloads need of its protocol buffers.

const FLOAT = 1;
const INT64 = 7;

/** A whole number, seven bits a byte; one below 0 is counted from 2^64. @param {number} n */
function varint(n) {
  const bytes = [];
  let rest = BigInt.asUintN(64, BigInt(n));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) + 128);
  return [...bytes, Number(rest)];
}
const whole = (field, n) => Uint8Array.from([...varint(8 * field), ...varint(n)]);
const real = (field, x) =>
  Uint8Array.from([...varint(8 * field + 5), ...new Uint8Array(Float32Array.of(x).buffer)]);
/** Bytes of a known length: text, raw numbers, or a message of such parts. */
function part(field, content) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : joined([content].flat());
  return joined([Uint8Array.from([...varint(8 * field + 2), ...varint(bytes.length)]), bytes]);
}
function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, bytes) => (all.set(bytes, at), at + bytes.length), 0);
  return all;
}

function attribute([name, value]) {
  const of =
    typeof value === "string"
      ? [part(4, value), whole(20, 3)]
      : Array.isArray(value)
        ? [...value.map((n) => whole(8, n)), whole(20, 7)]
        : Number.isInteger(value)
          ? [whole(3, value), whole(20, 2)]
          : [real(2, value), whole(20, 1)];
  return part(5, [part(1, name), ...of]);
}

const dimension = (size) => part(1, [typeof size === "string" ? part(2, size) : whole(1, size)]);
const described = (field, name, type, shape) =>
  part(field, [part(1, name), part(2, [part(1, [whole(1, type), part(2, shape.map(dimension))])])]);

/** A graph that is written operation by operation; values go by their names. */
export class Graph {
  #parts = [];
  #names = 0;
  #made = new Map();

  #name() {
    return `_${this.#names++}`;
  }

  /** What goes in; a size that is a text is free. */
  input(name, shape, whole_numbers = false) {
    this.#parts.push(described(11, name, whole_numbers ? INT64 : FLOAT, shape));
    return name;
  }

  output(name, value, shape) {
    this.#parts.push(
      part(1, [part(1, value), part(2, name), part(4, "Identity")]),
      described(12, name, FLOAT, shape),
    );
  }

  /** Numbers that never change; the same ones are there once. @param {Float32Array | number[]} values whole ones where it is a list */
  constant(values, shape = [values.length]) {
    const is_whole = Array.isArray(values);
    const key = is_whole ? `${values}:${shape}` : values;
    if (!this.#made.has(key)) {
      const name = this.#name();
      const numbers = is_whole ? BigInt64Array.from(values, BigInt) : Float32Array.from(values);
      this.#parts.push(
        part(5, [
          ...shape.map((size) => whole(1, size)),
          whole(2, is_whole ? INT64 : FLOAT),
          part(8, name),
          part(9, new Uint8Array(numbers.buffer)),
        ]),
      );
      this.#made.set(key, name);
    }
    return this.#made.get(key);
  }

  /** What `type` makes of `inputs`: a value, or as many as are asked for. */
  op(type, inputs, { outputs = 1, domain = "", ...attributes } = {}) {
    const names = Array.from({ length: outputs }, () => this.#name());
    this.#parts.push(
      part(1, [
        ...inputs.map((name) => part(1, name)),
        ...names.map((name) => part(2, name)),
        part(4, type),
        ...Object.entries(attributes).map(attribute),
        ...(domain ? [part(7, domain)] : []),
      ]),
    );
    return outputs === 1 ? names[0] : names;
  }

  /** The file. */
  bytes() {
    const set = (domain, version) => part(8, [part(1, domain), whole(2, version)]);
    return joined([
      whole(1, 8),
      part(7, [part(2, "workload"), ...this.#parts]),
      set("", 17),
      set("com.microsoft", 1),
    ]);
  }
}

/** The weights that `manifest` lists, by their names. @param {Uint8Array} manifest @param {Uint8Array} bytes */
export function weights(manifest, bytes) {
  const all = new Float32Array(bytes.slice().buffer);
  const listed = JSON.parse(new TextDecoder().decode(manifest));
  return Object.fromEntries(
    listed.map(({ name, shape, offset, size }) => [
      name,
      { shape, values: all.subarray(offset, offset + size) },
    ]),
  );
}
