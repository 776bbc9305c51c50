// The published form of lessons, under an address that does not change: whoever writes one names it.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @returns {import("vite").Plugin} */
export const lessons = () => ({
  name: "lessons",
  generateBundle() {
    const source = readFileSync(join(this.environment.config.root, "lessons/lesson.schema.json"));
    this.emitFile({ type: "asset", fileName: "lessons/lesson.schema.json", source });
  },
});
