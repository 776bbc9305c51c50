// Puts the types of <chailou-lab> beside it.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @returns {import("vite").Plugin} */
export const element = () => ({
  name: "element",
  generateBundle() {
    const fileName = "embed/chailou-lab.d.ts";
    const source = readFileSync(join(this.environment.config.root, fileName));
    this.emitFile({ type: "asset", fileName, source });
  },
});
