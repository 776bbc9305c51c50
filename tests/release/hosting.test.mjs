// What a host is given: a page a lab in two languages that name each other, a map of the site, and examples that their programs accept.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { labs } from "../../www/labs/index.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const read = (/** @type {string} */ file) => readFileSync(join(root, file), "utf8");
const { files } = JSON.parse(read("dist/manifest.json"));

test("every lab has a page in each language, which name each other and lead to files that are there", () => {
  const titles = new Set();
  for (const { id } of labs)
    for (const [folder, up, language] of [
      [`${id}/`, "../", "en"],
      [`${id}/zh/`, "../../", "zh-Hans"],
    ]) {
      const html = read(`dist/${folder}index.html`);
      assert.match(html, new RegExp(`<html lang="${language}" data-lab="${id}"`));
      for (const [, address] of html.matchAll(/(?:src|href)="(\.\.\/[^"#]*)"/g)) {
        const path = new URL(address, `http://host/${folder}`).pathname.slice(1);
        assert.ok(files[path.replace(/(^|\/)$/, "$1index.html")], `${folder}: ${address}`);
      }
      for (const other of [`${up}${id}/`, `${up}${id}/zh/`])
        assert.ok(
          html.includes(`rel="alternate"`) && html.includes(`href="${other}"`),
          `${folder}: ${other}`,
        );
      assert.ok(files[`previews/${id}.png`], id);
      titles.add(/<title>(.*)<\/title>/.exec(html)?.[1]);
    }
  assert.equal(titles.size, 2 * labs.length, "each has a title of its own");
});

test("the app can be installed: its manifest names icons that are there, and sw.js all that is named by content", () => {
  const { icons, start_url } = JSON.parse(read("dist/manifest.webmanifest"));
  assert.equal(start_url, "./");
  for (const { src, sizes } of icons) {
    const png = readFileSync(join(root, "dist", src));
    assert.equal(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, sizes);
  }
  const worker = read("dist/sw.js");
  for (const file of Object.keys(files))
    if (/-[\w-]{8}\.\w+$/.test(file)) assert.ok(worker.includes(file), file);
});

test("nginx accepts the example", {
  skip: spawnSync("nginx", ["-v"]).error && "nginx is not installed",
}, () => {
  const folder = mkdtempSync(join(tmpdir(), "chailou-nginx-"));
  const config = join(folder, "nginx.conf");
  writeFileSync(
    config,
    `pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${read("docs/nginx.conf")} }`,
  );
  execFileSync("nginx", ["-t", "-p", folder, "-c", config], { stdio: "pipe" });
  rmSync(folder, { recursive: true });
});

test("the workflow builds by verbs that there are, and publishes what they make", () => {
  const workflow = read(".github/workflows/pages.yml");
  assert.match(read("build.sh"), /\bserve \| build \|/);
  for (const [, verb] of workflow.matchAll(/build\.sh (\w+)/g)) assert.equal(verb, "build");
  assert.match(workflow, /path: dist\n/);
  assert.match(workflow, /SITE: \$\{\{ steps\.pages\.outputs\.base_url \}\}/);
});
