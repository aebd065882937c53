// axe-core finds no serious or critical violation: as the page opens, and with every section shown, light and dark, on
// a phone and on a desk. It takes minutes over thousands of rows, which are alike: of each table it sees the first.
import { turnTo, withPage } from "../browser.mjs";
import { axeSource } from "../modules.mjs";

export const name = "accessibility";
export const kinds = ["html"];

/** Runs in the page. */
function shortenTables(rows) {
  document.querySelectorAll(`tbody tr:nth-child(n + ${rows + 1})`).forEach((row) => row.remove());
}

/** Runs in the page. */
function showAll() {
  document.querySelectorAll("main section").forEach((section) => { section.hidden = false; });
}

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
    await page.evaluate(shortenTables, 5);
    await page.evaluate(axeSource);
    problems.push(...(await page.evaluate(violations)).map((problem) => `as it opens: ${problem}`));
    await page.evaluate(showAll);
    for (const [width, dark] of [[1280, false], [1280, true], [375, false], [375, true]]) {
      await turnTo(page, { width, dark });
      const found = await page.evaluate(violations);
      problems.push(...found.map((problem) => `at ${width} px, ${dark ? "dark" : "light"}: ${problem}`));
    }
  });
  return problems;
}
