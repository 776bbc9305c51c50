// WebKitGTK's small browser on a screen that nobody sees, driven over WebDriver.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";

const port = 4488;
const screen = ":87";

/** Where Debian and its kin put it. */
const binary = readdirSync("/usr/lib")
  .flatMap((folder) =>
    ["4.1", "4.0"].map((version) => `/usr/lib/${folder}/webkit2gtk-${version}/MiniBrowser`),
  )
  .find(existsSync);

/** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
async function ask(method, path, body) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    body: method === "POST" ? JSON.stringify(body ?? {}) : undefined,
  });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${path}: ${value.message || value.error}`);
  return value;
}

/** @returns {Promise<import("./others.mjs").Browser>} */
export async function webkit() {
  const xvfb = spawn("Xvfb", [screen, "-screen", "0", "1280x900x24"], { stdio: "ignore" });
  const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
    env: { ...process.env, DISPLAY: screen },
  });
  const end = () => [driver, xvfb].forEach((child) => child.kill());
  try {
    for (let tries = 0; ; tries++) {
      const ready = await ask("GET", "/status").catch(() => null);
      if (ready) break;
      if (tries > 100) throw new Error("WebKitWebDriver does not answer");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const { sessionId, capabilities } = await ask("POST", "/session", {
      capabilities: {
        alwaysMatch: {
          "webkitgtk:browserOptions": {
            binary,
            args: ["--automation"],
          },
        },
      },
    });
    const at = `/session/${sessionId}`;
    return {
      name: `WebKitGTK ${capabilities.browserVersion}`,
      open: (url) => ask("POST", `${at}/url`, { url }),
      ask: (script) => ask("POST", `${at}/execute/sync`, { script: `return ${script}`, args: [] }),
      complaints: () => [],
      async close() {
        await ask("DELETE", at).catch(() => {});
        end();
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}
