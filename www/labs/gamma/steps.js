// The nine states of the derivation: what each says, draws and measures.
/** @import { Strings } from "../../ui/i18n.js" */

/**
 * @typedef {"graph" | "shift" | "circle" | "road" | "comb" | "fall" | "transform" | "pair" | "bars" | "rule" | "strip" | "convex"} Picture
 * @typedef {object} Step
 * @property {string} name of its strings
 * @property {string} tex symbols of a class `lit-…` light up what they are in the picture
 * @property {Picture} picture
 * @property {string} claim the id of the readout that is its residual
 */

/** @param {string} role @param {string} tex */
const lit = (role, tex) => String.raw`\htmlClass{sym lit-${role}}{${tex}}`;

/** In the order of the timeline. @type {readonly Step[]} */
export const steps = [
  {
    name: "equation",
    tex: `${lit("second", "G(x+1)")} = ${lit("first", String.raw`x\,G(x)`)}`,
    picture: "graph",
    claim: "functional_equation",
  },
  {
    name: "shift",
    tex: String.raw`${lit("second", String.raw`\Bigl(1+D+\frac{D^2}{2!}+\cdots\Bigr)G`)} = ${lit("first", "e^{D}G=G(x+1)")} = x\,G`,
    picture: "shift",
    claim: "shift",
  },
  {
    name: "circle",
    tex: String.raw`D\to i\omega,\;\; x\to i\tfrac{d}{d\omega}:\quad e^{i\omega}F=iF' \;\Rightarrow\; ${lit("first", String.raw`F=C\,e^{-e^{i\omega}}`)}`,
    picture: "circle",
    claim: "real_equation",
  },
  {
    name: "road",
    tex: String.raw`${lit("first", "f_N(x)")}=\frac{1}{2\pi}\int_{-${lit("second", "N")}\pi}^{${lit("second", "N")}\pi} e^{-e^{i\omega}}\,e^{i\omega ${lit("third", "x")}}\,d\omega`,
    picture: "road",
    claim: "real_axis_sum",
  },
  {
    name: "comb",
    tex: String.raw`${lit("first", "f_N(x)")}\;\longrightarrow\;\sum_{n=0}^{\infty} ${lit("second", String.raw`\frac{(-1)^n}{n!}`)}\;\delta(x+n)`,
    picture: "comb",
    claim: "one_period_integral",
  },
  {
    name: "turn",
    tex: String.raw`G(xi+1)=xi\,G(xi):\quad e^{\omega}F=-F' \;\Rightarrow\; ${lit("first", String.raw`F=C\,e^{-e^{\omega}}`)}`,
    picture: "fall",
    claim: "imaginary_equation",
  },
  {
    name: "line",
    tex: `${lit("second", String.raw`\int_{-\infty}^{\infty}\Gamma(`)}${lit("third", "c")}${lit("second", String.raw`+iy)\,e^{-i\omega y}\,dy`)} = ${lit("first", String.raw`2\pi\,e^{c\omega-e^{\omega}}`)}`,
    picture: "transform",
    claim: "fourier_pair",
  },
  {
    name: "euler",
    tex: String.raw`${lit("second", String.raw`\Gamma(z)`)}=\int_{-\infty}^{\infty} ${lit("first", String.raw`e^{z\omega-e^{\omega}}`)}\,d\omega \;\overset{t\,=\,e^{\omega}}{=}\; \int_0^{\infty} ${lit("first", "t^{z-1}e^{-t}")}\,dt`,
    picture: "pair",
    claim: "partial_area",
  },
  {
    name: "constant",
    tex: String.raw`G(1)=\frac{C}{2\pi}\int ${lit("first", String.raw`e^{\omega-e^{\omega}}`)}\,d\omega=1 \;\Rightarrow\; C=2\pi,\quad G=\Gamma\approx ${lit("second", String.raw`\sqrt{\tfrac{2\pi}{z}}\bigl(\tfrac{z}{e}\bigr)^{z}`)}`,
    picture: "bars",
    claim: "constant",
  },
];
