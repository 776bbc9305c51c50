// What axe-core has to say of a page, or of a part of it: nothing, or the test says what and where.
import { AxeBuilder } from "@axe-core/playwright";
import { expect } from "./lab.js";

/** @param {import("@playwright/test").Page} page @param {string} what @param {string} [within] */
export async function sound(page, what, within) {
  let axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  if (within) axe = axe.include(within);
  const { violations } = await axe.analyze();
  const said = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes
        .slice(0, 4)
        .map(
          ({ html, failureSummary }) =>
            `  ${html.slice(0, 160)}\n  ${failureSummary?.replaceAll("\n", "\n  ")}`,
        )
        .join("\n")}`,
  );
  expect.soft(said, what).toEqual([]);
}
