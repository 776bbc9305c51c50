// A table as a file that a spreadsheet opens.
import { h } from "./dom.js";

/** A field as RFC 4180 writes it. @param {string | number} value */
const field = (value) =>
  /[",\n\r]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);

/** What is no number stands empty. @param {(string | number)[][]} rows */
export const csvText = (rows) =>
  rows
    .map((row) =>
      row
        .map((value) => (typeof value === "number" && !Number.isFinite(value) ? "" : value))
        .map(field)
        .join(","),
    )
    .join("\r\n");

/** @param {string} text @param {string} name */
export const saveText = (text, name) =>
  // The mark tells spreadsheets that this is UTF-8.
  saveFile(new Blob(["\ufeff", text], { type: "text/csv" }), name);

/** @param {Blob} blob @param {string} name */
export function saveFile(blob, name) {
  const href = URL.createObjectURL(blob);
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
