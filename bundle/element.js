// Puts the types of <chailou-lab> beside it, and those of what the engine answers, which the package has too.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @returns {import("vite").Plugin} */
export const element = () => ({
  name: "element",
  generateBundle() {
    for (const fileName of ["embed/chailou-lab.d.ts", "embed/answers.d.ts"]) {
      const source = readFileSync(join(this.environment.config.root, fileName));
      this.emitFile({ type: "asset", fileName, source });
    }
  },
});
