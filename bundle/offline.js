// Makes sw.js: the list of all that is named by its content, the pages by the hash of their text, and one name for this version.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { minifySync } from "vite";

const HASHED = /-[\w-]{8}\.\w+$/;
const sha256 = (/** @type {string | Uint8Array} */ text) => createHash("sha256").update(text).digest("hex");

/** @returns {import("vite").Plugin} */
export const offline = () => ({
  name: "offline",
  enforce: "post",
  generateBundle: {
    order: "post",
    handler(_, bundle) {
      const names = Object.keys(bundle).sort();
      const files = names.filter((name) => HASHED.test(name));
      const pages = Object.fromEntries(
        names
          .filter((name) => /(^|\/)index\.html$/.test(name))
          .map((name) => [
            name,
            sha256(/** @type {import("vite").Rolldown.OutputAsset} */ (bundle[name]).source),
          ]),
      );
      const version = sha256(JSON.stringify([files, pages])).slice(0, 16);
      const text = readFileSync(join(this.environment.config.root, "offline", "sw.js"), "utf8")
        .replace("new Set(FILES)", `new Set(${JSON.stringify(files)})`)
        .replace("pages = PAGES", `pages = ${JSON.stringify(pages)}`)
        .replace("prefix + VERSION", `prefix + ${JSON.stringify(version)}`);
      this.emitFile({ type: "asset", fileName: "sw.js", source: minifySync("sw.js", text).code });
    },
  },
});
