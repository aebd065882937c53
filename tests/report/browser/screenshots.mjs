// Pictures of a page for people to judge: light, dark, on a phone, and as printed.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { forEachTab, screenshot, withPage } from "./browser.mjs";

/** Writes FOLDER/NAME-light-1.png and so on, one for each tab, and NAME-print-1.png and so on, the first pages. */
export async function shoot(browser, file, folder) {
  mkdirSync(folder, { recursive: true });
  const stem = join(folder, basename(file).replace(/\.(html|svg)$/, ""));
  for (const [name, options] of [["light", {}], ["dark", { dark: true }], ["phone", { width: 375 }]]) {
    await withPage(browser, file, options, (page) =>
      forEachTab(page, async (tab) => writeFileSync(`${stem}-${name}-${tab + 1}.png`, await screenshot(page))));
  }
  if (!file.endsWith(".html")) return;
  await withPage(browser, file, {}, async (page) => {
    writeFileSync(`${stem}.pdf`, await page.pdf({ format: "A4", printBackground: true }));
  });
  execFileSync("pdftoppm", ["-png", "-r", "60", "-l", "6", `${stem}.pdf`, `${stem}-print`]);
}
