// The lab on the page: another link keeps it, another language or lab takes it down, and what could wait comes once.
import assert from "node:assert/strict";
import test from "node:test";
import { createMounting } from "../../www/ui/mounting.js";

function page() {
  const log = [];
  let made = 0;
  const lab = (id) => ({
    id,
    load: async () => ({
      mount: (words) => {
        const name = `${id}${++made} ${words}`;
        log.push(`${name} mounted`);
        return {
          later: () => log.push(`${name} later`),
          leave: () => log.push(`${name} left`),
          destroy: () => log.push(`${name} destroyed`),
        };
      },
    }),
  });
  const mounting = createMounting([lab("a"), lab("b")]);
  const visit = async (id, language = "en") => {
    const put = await mounting.fetch(id);
    if (put) put();
    else mounting.leave();
    mounting.mount(() => language, language);
    mounting.equip();
    return log.splice(0);
  };
  return { visit };
}

test("a link to the same lab keeps it; another language or lab is mounted anew, and nothing of the old one stays", async () => {
  const { visit } = page();
  assert.deepEqual(await visit("a"), ["a1 en mounted", "a1 en later"]);
  assert.deepEqual(await visit("a"), ["a1 en left"]);
  assert.deepEqual(await visit("a", "zh"), ["a1 en left", "a1 en destroyed", "a2 zh mounted", "a2 zh later"]);
  assert.deepEqual(await visit("b", "zh"), ["a2 zh destroyed", "b3 zh mounted", "b3 zh later"]);
  assert.deepEqual(await visit("a", "zh"), ["b3 zh destroyed", "a4 zh mounted", "a4 zh later"]);
});
