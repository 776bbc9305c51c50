// A table that was saved: its first line says by which link it came, the others are its rows.
import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";

/** The rows of a saved table, as they are written. @param {import("@playwright/test").Download} file */
export async function rowsOf(file) {
  const text = (await readFile(await file.path(), "utf8")).replace("\ufeff", "").trim();
  const [link, ...rows] = text.split("\r\n");
  expect(link).toMatch(/^# http.*#.*lab=/);
  return rows;
}
