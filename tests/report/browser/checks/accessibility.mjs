// axe-core finds no serious or critical violation: light and dark, on a phone and on a desk, in every tab.
import { forEachTab, turnTo, withPage } from "../browser.mjs";
import { axeSource } from "../modules.mjs";

export const name = "accessibility";
export const kinds = ["html"];

/** Runs in the page: axe's serious and critical violations, each with the first elements it was found in. */
async function violations() {
  const { violations: found } = await window.axe.run(document, { resultTypes: ["violations"], preload: false });
  const shown = (nodes) => nodes.slice(0, 3).map((node) => node.html.slice(0, 100)).join(" | ");
  return found.filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(({ id, impact, nodes }) => `${impact} ${id}: ${shown(nodes)} (${nodes.length} in all)`);
}

export async function check(browser, file) {
  const problems = [];
  await withPage(browser, file, {}, async (page) => {
    await page.evaluate(axeSource);
    for (const [width, dark] of [[1280, false], [1280, true], [375, false], [375, true]]) {
      await turnTo(page, { width, dark });
      await forEachTab(page, async (tab) => {
        problems.push(...(await page.evaluate(violations)).map((problem) =>
          `at ${width} px, ${dark ? "dark" : "light"}, tab ${tab + 1}: ${problem}`));
      });
    }
  });
  return problems;
}
