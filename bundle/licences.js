// Puts the licences beside what they are about: ours, and the notices of everything that others wrote.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @returns {import("vite").Plugin} */
export const licences = () => ({
  name: "licences",
  generateBundle() {
    for (const name of ["LICENSE-MIT", "LICENSE-APACHE", "THIRD_PARTY.md"]) {
      const source = readFileSync(join(this.environment.config.root, "..", name));
      this.emitFile({ type: "asset", fileName: `licences/${name}`, source });
    }
  },
});
