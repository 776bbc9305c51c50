// jax-js on W3 and W4: a step of forward, backward and Adam is one function of its compiler; the losses of ten come back together.
import { weights } from "./onnx.mjs";

export const package_name = "@jax-js/jax";
/** What is written here for it. */
export const can = ["w3", "w4"];

const RATE = 1e-3;
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/** Its library, for "cpu" or "webgpu". @param {{address: (file: string) => string}} dist where its files are @param {string} device */
export async function load(dist, device) {
  const jax = await import(dist.address("index.js"));
  const backend = { cpu: "wasm", webgpu: "webgpu" }[device];
  if (!(await jax.init(backend)).includes(backend)) throw new Error(`jax-js does not start ${backend}`);
  jax.defaultDevice(backend);
  return jax;
}

/** A workload, which answers as ours does. @param {any} jax @param {string} id @param {Record<string, Uint8Array>} files */
export async function open(jax, id, files) {
  const { numpy: np, tree } = jax;
  const listed = weights(files[`${id}.json`], files[`${id}.bin`]);
  const array = (values, shape) => np.array(values).reshape(shape);
  let p = Object.fromEntries(
    Object.entries(listed).map(([name, { shape, values }]) => [name, array(values.slice(), shape)]),
  );
  const zeros = () => tree.map((x) => np.zeros(x.shape), p);
  let [m, v] = [zeros(), zeros()];
  const { loss, inputs } = { w3: points, w4: texts }[id](jax, array, files);

  const step = jax.jit((p, m, v, rates, ...input) => {
    const [value, slopes] = jax.valueAndGrad(loss)(tree.ref(p), ...input);
    const [first, second] = np.split(rates, 2);
    const next = { p: {}, m: {}, v: {} };
    for (const name of Object.keys(p)) {
      const slope = slopes[name];
      const mean = m[name].mul(BETA1).add(slope.ref.mul(1 - BETA1));
      const square = v[name].mul(BETA2).add(slope.ref.mul(slope).mul(1 - BETA2));
      const size = np.sqrt(square.ref.mul(second.ref)).add(EPSILON);
      next.p[name] = p[name].sub(mean.ref.mul(first.ref).mul(RATE).div(size));
      [next.m[name], next.v[name]] = [mean, square];
    }
    first.dispose();
    second.dispose();
    return [next.p, next.m, next.v, value];
  });

  let taken = 0;
  return {
    async part(_, input) {
      const losses = [];
      for (const batch of inputs(input)) {
        taken++;
        const rates = np.array(Float32Array.of(1 / (1 - BETA1 ** taken), 1 / (1 - BETA2 ** taken)));
        let value;
        [p, m, v, value] = step(p, m, v, rates, ...batch);
        losses.push(value.reshape([1]));
      }
      return Float32Array.from(await np.concatenate(losses).data());
    },
  };
}

/** W3: what is lost of ε, and a step's input: x_t beside its time, and ε. */
function points({ numpy: np, nn }, array, files) {
  const BATCH = 512;
  const levels = new Float32Array(files["ab.bin"].slice().buffer);
  const told = (t) =>
    Array.from({ length: 32 }, (_, i) => {
      const angle = t * 10000 ** (-(i % 16) / 16);
      return i < 16 ? Math.sin(angle) : Math.cos(angle);
    });
  const loss = (p, x, eps) => {
    let h = x;
    for (let l = 0; l < 4; l++) {
      h = np.matmul(h, p[`w${l}`]).add(p[`b${l}`]);
      if (l < 3) h = nn.silu(h);
    }
    const off = h.sub(eps);
    return np.mean(off.ref.mul(off));
  };
  function* inputs(input) {
    for (let at = 0; at < input.length; at += 5 * BATCH) {
      const [x0, eps, t] = [0, 2, 4].map((from, i) => {
        const begin = at + from * BATCH;
        return input.subarray(begin, begin + [2, 2, 1][i] * BATCH);
      });
      const x = new Float32Array(34 * BATCH);
      for (let i = 0; i < BATCH; i++) {
        const a = levels[t[i]];
        for (const k of [0, 1])
          x[34 * i + k] = Math.sqrt(a) * x0[2 * i + k] + Math.sqrt(1 - a) * eps[2 * i + k];
        x.set(told(t[i]), 34 * i + 2);
      }
      yield [array(x, [BATCH, 34]), array(eps.slice(), [BATCH, 2])];
    }
  }
  return { loss, inputs };
}

/** W4: the cross-entropy of the next token, and a step's input: the texts' tokens. */
function texts({ numpy: np, nn }, array) {
  const [TEXTS, LENGTH, HEADS, WIDTH, SIGNS, LAYERS] = [16, 64, 4, 64, 96, 2];
  const HEAD = WIDTH / HEADS;
  const turn = (of) => {
    const at = (i) => of(Math.floor(i / HEAD) * 10000 ** (-(i % (HEAD / 2)) / (HEAD / 2)));
    return array(
      Float32Array.from({ length: LENGTH * HEAD }, (_, i) => at(i)),
      [LENGTH, HEAD],
    );
  };
  const [cos, sin] = [turn(Math.cos), turn(Math.sin)];
  const past = array(
    Float32Array.from({ length: LENGTH * LENGTH }, (_, i) => (i % LENGTH > i / LENGTH ? -1e30 : 0)),
    [LENGTH, LENGTH],
  );
  const norm = (p, name, x) => {
    const even = x.ref.sub(np.mean(x, -1, { keepdims: true }));
    const size = np.sqrt(np.mean(even.ref.mul(even.ref), -1, { keepdims: true }).add(1e-5));
    return even.div(size).mul(p[`${name}.g`]).add(p[`${name}.b`]);
  };
  const linear = (p, name, x) => np.matmul(x, p[`${name}.w`]).add(p[`${name}.b`]);
  const rotated = (x) => {
    const [a, b] = np.split(x.ref, 2, -1);
    return x.mul(cos.ref).add(np.concatenate([b.mul(-1), a], -1).mul(sin.ref));
  };
  const loss = (p, read, next) => {
    // A product with ones and zeros: what is looked up learns, too.
    let x = np.matmul(nn.oneHot(read, SIGNS), p.emb);
    for (let l = 0; l < LAYERS; l++) {
      const all = linear(p, `l${l}.qkv`, norm(p, `l${l}.ln1`, x.ref));
      const heads = np.transpose(all.reshape([TEXTS, LENGTH, 3, HEADS, HEAD]), [2, 0, 3, 1, 4]);
      const [q, k, v] = np.split(heads, 3, 0).map((part) => part.reshape([TEXTS, HEADS, LENGTH, HEAD]));
      const scores = np.matmul(rotated(q), np.transpose(rotated(k), [0, 1, 3, 2]));
      const map = nn.softmax(scores.div(Math.sqrt(HEAD)).add(past.ref), -1);
      const seen = np.transpose(np.matmul(map, v), [0, 2, 1, 3]).reshape([TEXTS, LENGTH, WIDTH]);
      x = x.add(linear(p, `l${l}.proj`, seen));
      const hidden = nn.gelu(linear(p, `l${l}.fc1`, norm(p, `l${l}.ln2`, x.ref)));
      x = x.add(linear(p, `l${l}.fc2`, hidden));
    }
    const scores = np.matmul(norm(p, "lnf", x), p["head.w"]);
    const said = nn.logSoftmax(scores, -1).mul(nn.oneHot(next, SIGNS));
    return np.sum(said).mul(-1 / (TEXTS * LENGTH));
  };
  function* inputs(input) {
    const size = TEXTS * (LENGTH + 1);
    for (let at = 0; at < input.length; at += size) {
      const part = (skip) => {
        const of = (_, i) => input[at + Math.floor(i / LENGTH) * (LENGTH + 1) + skip + (i % LENGTH)];
        return np.array(Int32Array.from({ length: TEXTS * LENGTH }, of), { dtype: np.int32 });
      };
      yield [0, 1].map((skip) => part(skip).reshape([TEXTS, LENGTH]));
    }
  }
  return { loss, inputs };
}
