// The words of the attention lab, in both languages.
import { insight } from "./strings-insight.js";
import { panels } from "./strings-panels.js";
import { stage } from "./strings-stage.js";
import { surgery } from "./strings-surgery.js";

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = { ...stage, ...surgery, ...insight, ...panels };

/** @typedef {import("../../ui/i18n.js").Words<import("../../ui/i18n.js").PageKey | keyof typeof strings>} Words */
