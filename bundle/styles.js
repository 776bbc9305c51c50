// Stylesheets that a module names by their address are bundled and minified too, with the fonts that they name.

/** The address of a stylesheet, as plain modules write it. */
const ADDRESS = /new URL\(\s*"([^"]+\.css)",\s*import\.meta\.url,?\s*\)/g;

/** @returns {import("vite").Plugin} */
export const styles = () => ({
  name: "styles",
  enforce: "pre",
  transform: {
    filter: { id: /\/www\/.*\.js$/, code: ADDRESS },
    handler(code) {
      /** @type {string[]} */
      const files = [];
      const body = code.replace(
        ADDRESS,
        (_, file) => `new URL(stylesheet${files.push(file)}, import.meta.url)`,
      );
      const imports = files.map(
        (file, i) => `import stylesheet${i + 1} from ${JSON.stringify(`${file}?url`)};`,
      );
      return { code: `${imports.join(" ")}${body}`, map: null };
    },
  },
});

/** Every browser that runs the page reads woff2: older formats would only lie about. @returns {import("vite").Plugin} */
export const woff2Only = () => ({
  name: "woff2 only",
  enforce: "pre",
  transform: {
    filter: { id: /\.css(\?|$)/, code: /\.woff2\)/ },
    handler: (code) => ({
      code: code.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g, ""),
      map: null,
    }),
  },
});
