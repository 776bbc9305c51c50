// Markdown tables of measured numbers.

/** @param {(string | number)[][]} rows the first is the head; all columns but the first are numbers */
export const table = ([head, ...rows]) =>
  console.log(
    ["", head, head.map((_, i) => (i ? "--:" : ":--")), ...rows]
      .map((row) => (row ? `| ${/** @type {any[]} */ (row).join(" | ")} |` : ""))
      .join("\n"),
  );
export const kilobytes = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(bytes < 1e5 ? 1 : 0);
export const ms = (/** @type {number} */ time) => time.toFixed(time < 10 ? 2 : time < 100 ? 1 : 0);
