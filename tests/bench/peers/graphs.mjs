// W1 and W2 as graphs of ONNX, as an export would have them: products, norms and convolutions whole, everything else in small operations.
import { Graph } from "./onnx.mjs";

const EPSILON = 1e-5;
const scalar = (graph, x) => graph.constant(Float32Array.of(x), []);

/** The U-Net of W1 for so many pictures: x and t to ε. */
export function unet(weights, pictures) {
  const graph = new Graph();
  const { op, constant } = { op: graph.op.bind(graph), constant: graph.constant.bind(graph) };
  const weight = (name, shape) => constant(weights[name].values, shape ?? weights[name].shape);
  const linear = (name, x) => op("Gemm", [x, weight(`${name}.w`), weight(`${name}.b`)]);
  const silu = (x) => op("Mul", [x, op("Sigmoid", [x])]);
  const conv = (name, x, stride = 1) => {
    const { shape } = weights[`${name}.w`];
    const pad = shape[2] >> 1;
    const how = { kernel_shape: shape.slice(2), strides: [stride, stride], pads: [pad, pad, pad, pad] };
    return op("Conv", [x, weight(`${name}.w`), weight(`${name}.b`)], how);
  };
  const ones = constant(new Float32Array(8).fill(1));
  const zeros = constant(new Float32Array(8));
  /** Norms of groups are those of eight long channels, which is how they are exported. */
  const norm = (name, x, channels, side) => {
    const rows = op("Reshape", [x, constant([pictures, 8, -1])]);
    const even = op("InstanceNormalization", [rows, ones, zeros], { epsilon: EPSILON });
    const back = op("Reshape", [even, constant([pictures, channels, side, side])]);
    const gained = op("Mul", [back, weight(`${name}.g`, [channels, 1, 1])]);
    return op("Add", [gained, weight(`${name}.b`, [channels, 1, 1])]);
  };

  const x = graph.input("x", [pictures, 1, 32, 32]);
  const frequencies = Float32Array.from({ length: 16 }, (_, i) => Math.exp((-Math.log(10000) * i) / 16));
  const angles = op("Mul", [graph.input("t", [pictures, 1]), constant(frequencies, [1, 16])]);
  const told = op("Concat", [op("Sin", [angles]), op("Cos", [angles])], { axis: 1 });
  const time = silu(linear("time2", silu(linear("time1", told))));
  const block = (name, x, side) => {
    const [to, from] = weights[`${name}.conv1.w`].shape;
    let h = conv(`${name}.conv1`, silu(norm(`${name}.gn1`, x, from, side)));
    const shift = op("Reshape", [linear(`${name}.temb`, time), constant([pictures, to, 1, 1])]);
    h = op("Add", [h, shift]);
    h = conv(`${name}.conv2`, silu(norm(`${name}.gn2`, h, to, side)));
    return op("Add", [h, from === to ? x : conv(`${name}.skip`, x)]);
  };
  const larger = (x) => {
    const scales = constant(Float32Array.of(1, 1, 2, 2));
    const how = { mode: "nearest", nearest_mode: "floor", coordinate_transformation_mode: "asymmetric" };
    return op("Resize", [x, "", scales], how);
  };
  const join = (a, b) => op("Concat", [a, b], { axis: 1 });

  const s0 = block("d0", conv("conv_in", x), 32);
  const s1 = block("d1", conv("down0", s0, 2), 16);
  let h = block("d2", conv("down1", s1, 2), 8);
  const parts = op("Reshape", [
    conv("attn.qkv", norm("attn.gn", h, 128, 8)),
    constant([pictures, 12, 32, 64]),
  ]);
  const [q, k, v] = op("Split", [parts, constant([4, 4, 4])], { outputs: 3, axis: 1 });
  const turned = (x) => op("Transpose", [x], { perm: [0, 1, 3, 2] });
  const scores = op("Mul", [op("MatMul", [turned(q), k]), scalar(graph, 1 / Math.sqrt(32))]);
  const seen = op("MatMul", [op("Softmax", [scores], { axis: -1 }), turned(v)]);
  const heads = op("Reshape", [turned(seen), constant([pictures, 128, 8, 8])]);
  h = block("u2", op("Add", [h, conv("attn.proj", heads)]), 8);
  h = block("u1", join(conv("up1", larger(h)), s1), 16);
  h = block("u0", join(conv("up0", larger(h)), s0), 32);
  graph.output("eps", conv("conv_out", silu(norm("out.gn", h, 32, 32))), [pictures, 1, 32, 32]);
  return graph.bytes();
}

const [LAYERS, HEADS, WIDTH, SIGNS] = [4, 4, 128, 96];
const HEAD = WIDTH / HEADS;

/** The transformer of W2. With a cache it reads one token after keys and values that go in and come out longer; without, 128 at once, and every map comes out. */
export function transformer(weights, cached) {
  const graph = new Graph();
  const { op, constant } = { op: graph.op.bind(graph), constant: graph.constant.bind(graph) };
  const n = cached ? 1 : 128;
  const weight = (name) => constant(weights[name].values, weights[name].shape);
  const linear = (name, x) => op("Add", [op("MatMul", [x, weight(`${name}.w`)]), weight(`${name}.b`)]);
  const norm = (name, x) =>
    op("LayerNormalization", [x, weight(`${name}.g`), weight(`${name}.b`)], { axis: -1, epsilon: EPSILON });

  const token = graph.input("tokens", [n], true);
  const turns = [Math.cos, Math.sin].map((of) => {
    const at = (i) => of((i >> 5) * 10000 ** (-(i % 16) / 16));
    return constant(
      Float32Array.from({ length: 128 * HEAD }, (_, i) => at(i)),
      [128, HEAD],
    );
  });
  const position = cached ? graph.input("position", [1], true) : "";
  const [cos, sin] = turns.map((turn) => (cached ? op("Gather", [turn, position], { axis: 0 }) : turn));
  /** Su et al.'s rotation of pairs half a head apart. */
  const rotated = (x) => {
    const [a, b] = op("Split", [x, constant([HEAD / 2, HEAD / 2])], { outputs: 2, axis: -1 });
    const across = op("Concat", [op("Neg", [b]), a], { axis: -1 });
    return op("Add", [op("Mul", [x, cos]), op("Mul", [across, sin])]);
  };
  const past = Float32Array.from({ length: 128 * 128 }, (_, i) => (i % 128 > i >> 7 ? -1e30 : 0));

  let x = op("Gather", [weight("emb"), token], { axis: 0 });
  for (let l = 0; l < LAYERS; l++) {
    const parts = op("Reshape", [linear(`l${l}.qkv`, norm(`l${l}.ln1`, x)), constant([n, 3 * HEADS, HEAD])]);
    const heads = op("Transpose", [parts], { perm: [1, 0, 2] });
    let [q, k, v] = op("Split", [heads, constant([HEADS, HEADS, HEADS])], { outputs: 3, axis: 0 });
    [q, k] = [rotated(q), rotated(k)];
    if (cached) {
      const shape = [HEADS, "before", HEAD];
      [k, v] = Object.entries({ k, v }).map(([name, value]) => {
        const all = op("Concat", [graph.input(`${name}${l}`, shape), value], { axis: 1 });
        graph.output(`${name}${l}_after`, all, [HEADS, "after", HEAD]);
        return all;
      });
    }
    const turned = op("Transpose", [k], { perm: [0, 2, 1] });
    let scores = op("Mul", [op("MatMul", [q, turned]), scalar(graph, 1 / Math.sqrt(HEAD))]);
    if (!cached) scores = op("Add", [scores, constant(past, [128, 128])]);
    const map = op("Softmax", [scores], { axis: -1 });
    if (!cached) graph.output(`map${l}`, map, [HEADS, 128, 128]);
    const seen = op("Transpose", [op("MatMul", [map, v])], { perm: [1, 0, 2] });
    x = op("Add", [x, linear(`l${l}.proj`, op("Reshape", [seen, constant([n, WIDTH])]))]);
    const hidden = op("FastGelu", [linear(`l${l}.fc1`, norm(`l${l}.ln2`, x))], { domain: "com.microsoft" });
    x = op("Add", [x, linear(`l${l}.fc2`, hidden)]);
  }
  graph.output("logits", op("MatMul", [norm("lnf", x), weight("head.w")]), [n, SIGNS]);
  return graph.bytes();
}
