// What a drawing does on its canvas, written down as SVG: the same code draws both. Text stays text; pictures of pixels stay pictures.

/** @typedef {(context: CanvasRenderingContext2D) => void} Draw */
/** @typedef {{body: string, defs: string}} Noted elements in the canvas's own pixels, and what they refer to */

/** Two digits after the point are a fiftieth of a pixel. @param {number} x */
const short = (x) => String(Math.round(100 * x) / 100);
/** @param {unknown} text */
export const escaped = (text) =>
  String(text)
    // XML knows no other control characters than tab and the ends of lines.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

/** Paths are told apart by what was asked of them. */
const steps = /** @type {const} */ ([
  "moveTo",
  "lineTo",
  "bezierCurveTo",
  "quadraticCurveTo",
  "arc",
  "ellipse",
  "rect",
  "closePath",
]);
/** @typedef {[name: typeof steps[number], ...numbers: any[]]} Step */

/** One step of a path, as it lies on the canvas. @param {Step} step @param {DOMMatrix} matrix @param {boolean} begun whether the path has a place already */
function traced([name, ...n], matrix, begun) {
  const at = (/** @type {number} */ x, /** @type {number} */ y) => {
    const point = matrix.transformPoint({ x, y });
    return `${short(point.x)} ${short(point.y)}`;
  };
  // As a canvas does, what is no number is passed over.
  if (n.some((value) => typeof value === "number" && !Number.isFinite(value))) return "";
  switch (name) {
    case "moveTo":
      return `M${at(n[0], n[1])}`;
    case "lineTo":
      return `${begun ? "L" : "M"}${at(n[0], n[1])}`;
    case "bezierCurveTo":
      return `${begun ? "" : `M${at(n[0], n[1])}`}C${at(n[0], n[1])} ${at(n[2], n[3])} ${at(n[4], n[5])}`;
    case "quadraticCurveTo":
      return `${begun ? "" : `M${at(n[0], n[1])}`}Q${at(n[0], n[1])} ${at(n[2], n[3])}`;
    case "rect": {
      const [x, y, w, h] = n;
      return `M${at(x, y)}L${at(x + w, y)}L${at(x + w, y + h)}L${at(x, y + h)}Z`;
    }
    case "closePath":
      return begun ? "Z" : "";
    case "arc":
      return round(n[0], n[1], n[2], n[2], 0, n[3], n[4], Boolean(n[5]));
    case "ellipse":
      return round(n[0], n[1], n[2], n[3], n[4], n[5], n[6], Boolean(n[7]));
  }

  /** A part of an ellipse in pieces of less than half a turn, which SVG takes without a doubt.
   * @param {number} x @param {number} y @param {number} rx @param {number} ry @param {number} turn @param {number} from @param {number} to @param {boolean} back */
  function round(x, y, rx, ry, turn, from, to, back) {
    const whole = 2 * Math.PI;
    let sweep = back ? from - to : to - from;
    sweep = sweep >= whole ? whole : ((sweep % whole) + whole) % whole;
    const pieces = Math.max(1, Math.ceil(sweep / 2));
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const place = (/** @type {number} */ angle) => {
      const [a, b] = [rx * Math.cos(angle), ry * Math.sin(angle)];
      return at(x + a * cos - b * sin, y + a * sin + b * cos);
    };
    const [wide, high] = [Math.hypot(matrix.a, matrix.b), Math.hypot(matrix.c, matrix.d)];
    const tilt = ((turn + Math.atan2(matrix.b, matrix.a)) * 180) / Math.PI;
    const flipped = matrix.a * matrix.d - matrix.b * matrix.c < 0;
    let d = `${begun ? "L" : "M"}${place(from)}`;
    for (let i = 1; i <= pieces; i++) {
      const angle = from + ((back ? -1 : 1) * sweep * i) / pieces;
      d += `A${short(rx * wide)} ${short(ry * high)} ${short(tilt)} 0 ${back === flipped ? 1 : 0} ${place(angle)}`;
    }
    return d;
  }
}

/** What paths are while nothing is written down. */
const Plain = globalThis.Path2D;

/** A path that can be asked what it is made of. */
class Noting extends Plain {
  /** @type {Step[]} */
  made = [];
  /** @param {Path2D | string} [of] */
  constructor(of) {
    if (typeof of === "string") throw new Error("a path of text cannot be written down");
    super(of);
    if (of instanceof Noting) this.made.push(...of.made);
  }
}
for (const name of steps)
  Object.defineProperty(Noting.prototype, name, {
    /** @this {Noting} @param {...any} numbers */
    value(...numbers) {
      this.made.push([name, ...numbers]);
      return /** @type {any} */ (Plain.prototype)[name].apply(this, numbers);
    },
  });

/** Colour and how much of it: not every program knows of colours that let light through. @param {string | CanvasGradient | CanvasPattern} style @param {"fill" | "stroke"} as @param {number} alpha */
function painted(style, as, alpha) {
  if (typeof style !== "string") throw new Error("only plain colours can be written down");
  const [, rgb, own] = /^rgba\((\d+, \d+, \d+), ([\d.e-]+)\)$/.exec(style) ?? [];
  const opacity = alpha * Number(own ?? 1);
  const clear = opacity < 1 ? ` ${as}-opacity="${short(opacity)}"` : "";
  return `${as}="${rgb ? `rgb(${rgb})` : style}"${clear}`;
}

/** The last family that a font names is the one that everybody has. @param {string} font as a context has it */
function lettered(font) {
  const [, before, size, families] = /^(.*?)([\d.]+)px(?:\/\S+)? (.*)$/.exec(font) ?? ["", "", "12", ""];
  const last = families.split(",").at(-1)?.trim() ?? "";
  const family = /^(serif|monospace)$/.test(last) ? last : "sans-serif";
  const style = /italic|oblique/.test(before) ? ' font-style="italic"' : "";
  const weight = /\b(bold|[1-9]00)\b/.exec(before)?.[1];
  return {
    size: Number(size),
    text: `font-family="${family}"${style}${weight ? ` font-weight="${weight}"` : ""}`,
  };
}

/**
 * While `draw` is at work, each of these contexts also writes down what it is asked for. It is itself who keeps colours, lines and
 * transformations. What is cleared as a whole is begun anew.
 * @param {CanvasRenderingContext2D[]} contexts @param {() => Promise<void>} draw
 * @returns {Promise<(Noted | {why: string})[]>} why: what cannot be written down
 */
export async function written(contexts, draw) {
  const scribes = contexts.map((context, i) => scribe(context, `c${i}-`));
  globalThis.Path2D = Noting;
  try {
    await draw();
    return scribes.map((one) => one.told());
  } finally {
    globalThis.Path2D = Plain;
    for (const one of scribes) one.leave();
  }
}

/** @param {CanvasRenderingContext2D} context @param {string} stem of names within the file */
function scribe(context, stem) {
  /** @type {{clip: string, text: string}[]} */
  let marks = [];
  /** @type {string[]} */
  let defs = [];
  let path = "";
  let clip = "";
  /** @type {string[]} */
  const clips = [];
  const names = new Set();
  let why = "";
  const put = (/** @type {string} */ text) => void marks.push({ clip, text });
  const matrix = () => context.getTransform();
  const scale = () => Math.sqrt(Math.abs(matrix().a * matrix().d - matrix().b * matrix().c));
  const turned = (/** @type {DOMMatrix} */ { a, b, c, d, e, f }) =>
    `transform="matrix(${[a, b, c, d, e, f].map((x) => Number(x.toPrecision(7))).join(" ")})"`;

  /** @param {Path2D} given */
  function outline(given) {
    if (!(given instanceof Noting)) throw new Error("a path from before cannot be written down");
    let d = "";
    for (const step of given.made) d += traced(step, matrix(), d !== "");
    return d;
  }
  const line = () => {
    const k = scale();
    const dash = context.getLineDash();
    return [
      painted(context.strokeStyle, "stroke", context.globalAlpha),
      `stroke-width="${short(context.lineWidth * k)}"`,
      context.lineCap === "butt" ? "" : `stroke-linecap="${context.lineCap}"`,
      context.lineJoin === "miter" ? "" : `stroke-linejoin="${context.lineJoin}"`,
      dash.length ? `stroke-dasharray="${dash.map((x) => short(x * k)).join(" ")}"` : "",
    ]
      .filter(Boolean)
      .join(" ");
  };
  const area = (/** @type {string} */ rule) =>
    painted(context.fillStyle, "fill", context.globalAlpha) +
    (rule === "evenodd" ? ' fill-rule="evenodd"' : "");

  /** Letters stand on their line: other ways to say where they stand are not understood everywhere.
   * @param {string} text @param {number} x @param {number} y @param {boolean} halo */
  function letter(text, x, y, halo) {
    const { textBaseline } = context;
    const above = context.measureText(text).actualBoundingBoxAscent;
    context.textBaseline = "alphabetic";
    const down = context.measureText(text).actualBoundingBoxAscent - above;
    context.textBaseline = textBaseline;
    const { size, text: face } = lettered(context.font);
    const m = matrix();
    const straight = Math.abs(m.b) + Math.abs(m.c) < 1e-9;
    const place = straight ? m.transformPoint({ x, y: y + down }) : { x, y: y + down };
    const anchor = { left: "", start: "", right: "end", end: "end", center: "middle" }[context.textAlign];
    const where = `x="${short(place.x)}" y="${short(place.y)}" font-size="${short(size * (straight ? scale() : 1))}" ${face}${anchor ? ` text-anchor="${anchor}"` : ""}${straight ? "" : ` ${turned(m)}`}`;
    const words = `>${escaped(text)}</text>`;
    if (halo) return put(`<text ${where} fill="none" ${line()}${words}`);
    // Letters with a halo are one text, not two that a reader would find.
    const before = marks.at(-1);
    const around =
      before?.clip === clip &&
      before.text.startsWith(`<text ${where} fill="none" `) &&
      before.text.endsWith(words);
    if (before && around) {
      const halo = before.text.slice(`<text ${where} fill="none" `.length, -words.length);
      before.text = `<text ${where} ${area("")} ${halo} paint-order="stroke"${words}`;
    } else put(`<text ${where} ${area("")}${words}`);
  }

  /** @param {HTMLCanvasElement} pixels @param {number} x @param {number} y @param {number} w @param {number} h @param {DOMMatrix} m @param {boolean} smooth */
  function picture(pixels, x, y, w, h, m, smooth) {
    const alpha = context.globalAlpha < 1 ? ` opacity="${short(context.globalAlpha)}"` : "";
    const rough = smooth ? "" : ' style="image-rendering:pixelated"';
    put(
      `<image x="${short(x)}" y="${short(y)}" width="${short(w)}" height="${short(h)}" preserveAspectRatio="none" ${turned(m)}${alpha}${rough} href="${pixels.toDataURL()}"/>`,
    );
  }
  /** @param {number} width @param {number} height @param {(pen: CanvasRenderingContext2D) => void} fill */
  function copied(width, height, fill) {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    fill(/** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")));
    return canvas;
  }

  const box = (/** @type {number[]} */ [x, y, w, h]) => traced(["rect", x, y, w, h], matrix(), false);
  /** What is written for each thing that a context is asked for. @type {Record<string, (...given: any[]) => unknown>} */
  const notes = {
    beginPath: () => void (path = ""),
    ...Object.fromEntries(
      steps.map((name) => [
        name,
        (/** @type {any[]} */ ...numbers) => void (path += traced([name, ...numbers], matrix(), path !== "")),
      ]),
    ),
    fill(first, second) {
      const given = first instanceof Plain;
      const d = given ? outline(first) : path;
      if (d) put(`<path d="${d}" ${area(given ? second : first)}/>`);
    },
    stroke(given) {
      const d = given ? outline(given) : path;
      if (d) put(`<path d="${d}" fill="none" ${line()}/>`);
    },
    fillRect: (...at) => put(`<path d="${box(at)}" ${area("")}/>`),
    strokeRect: (...at) => put(`<path d="${box(at)}" fill="none" ${line()}/>`),
    clearRect(x, y, w, h) {
      const [from, to] = [matrix().transformPoint({ x, y }), matrix().transformPoint({ x: x + w, y: y + h })];
      const { width, height } = context.canvas;
      if (from.x > 1 || from.y > 1 || to.x < width - 1 || to.y < height - 1)
        throw new Error("what is cleared in part cannot be written down");
      [marks, defs] = [[], []];
    },
    fillText: (text, x, y) => text === "" || letter(String(text), x, y, false),
    strokeText: (text, x, y) => text === "" || letter(String(text), x, y, true),
    clip(first) {
      const d = first instanceof Plain ? outline(first) : path;
      const within = clip ? ` clip-path="url(#${clip})"` : "";
      clip = `${stem}${names.size}`;
      names.add(clip);
      defs.push(`<clipPath id="${clip}"${within}><path d="${d}"/></clipPath>`);
    },
    save: () => void clips.push(clip),
    restore: () => void (clip = clips.pop() ?? clip),
    drawImage(image, ...n) {
      const { width, height } = image;
      const [sx, sy, sw, sh, x, y, w, h] =
        n.length === 8 ? n : [0, 0, width, height, n[0], n[1], n[2] ?? width, n[3] ?? height];
      if (!(sw > 0 && sh > 0 && w && h)) return;
      // As many pixels as there are, and no more than are seen.
      const [wide, high] = [Math.ceil(sw), Math.ceil(sh)];
      const pixels = copied(wide, high, (pen) => pen.drawImage(image, sx, sy, sw, sh, 0, 0, wide, high));
      picture(pixels, x, y, w, h, matrix(), context.imageSmoothingEnabled);
    },
    putImageData(image, x, y) {
      const pixels = copied(image.width, image.height, (pen) => pen.putImageData(image, 0, 0));
      picture(pixels, x, y, image.width, image.height, new DOMMatrix(), false);
    },
  };
  for (const [name, note] of Object.entries(notes)) {
    const own = /** @type {any} */ (context)[name];
    Object.defineProperty(context, name, {
      configurable: true,
      value(/** @type {any[]} */ ...given) {
        const answer = own.apply(context, given);
        // A drawing that cannot be written down is drawn all the same.
        try {
          note(...given);
        } catch (error) {
          why ||= /** @type {Error} */ (error).message;
        }
        return answer;
      },
    });
  }
  return {
    leave() {
      for (const name of Object.keys(notes)) delete (/** @type {any} */ (context)[name]);
    },
    /** @returns {Noted | {why: string}} */
    told() {
      if (why) return { why };
      let body = "";
      let now = "";
      for (const one of marks) {
        if (one.clip !== now)
          body += `${now ? "</g>" : ""}${one.clip ? `<g clip-path="url(#${one.clip})">` : ""}`;
        now = one.clip;
        body += one.text;
      }
      return { body: body + (now ? "</g>" : ""), defs: defs.join("") };
    },
  };
}
