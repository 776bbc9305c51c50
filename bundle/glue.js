// The glue of an engine is imported by its address, so it stays a file of its own: here it is made small.
import { minifySync } from "vite";

/** @returns {import("vite").Plugin} */
export const glue = () => ({
  name: "glue",
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === "asset" && /^pkg\/.*\.js$/.test(file.fileName))
        file.source = minifySync(file.fileName, String(file.source), { module: true }).code;
  },
});
