// Printed, every section is there, on paper too: its heading is in the text of the PDF.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withPage } from "../browser.mjs";

export const name = "printing";
export const kinds = ["html"];

const squeezed = (text) => text.normalize("NFKC").replace(/\s+/g, "").toLowerCase();

/** The text of a PDF; pdftotext is of poppler-utils. */
function textOf(pdf) {
  const folder = mkdtempSync(join(tmpdir(), "vesica-print-"));
  try {
    writeFileSync(join(folder, "page.pdf"), pdf);
    const options = { encoding: "utf8", maxBuffer: 1 << 28 };
    return execFileSync("pdftotext", ["-enc", "UTF-8", join(folder, "page.pdf"), "-"], options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs in the page: the sections with their headings, and whether they show. */
function sections() {
  return [...document.querySelectorAll("main section")].map((section) => ({
    id: section.id,
    heading: section.querySelector("h2, h3")?.textContent ?? "",
    shows: section.checkVisibility(),
  }));
}

/** Runs in the page: controls that are of no use on paper. */
function controls() {
  return [...document.querySelectorAll("[role=tablist]")].filter((element) => element.checkVisibility()).length;
}

export async function check(browser, file) {
  return withPage(browser, file, {}, async (page) => {
    const problems = [];
    await page.emulateMedia({ media: "print" });
    const found = await page.evaluate(sections);
    if (found.length === 0) problems.push("there are no sections");
    if (await page.evaluate(controls) > 0) problems.push("tabs are printed");
    const text = squeezed(textOf(await page.pdf({ format: "A4", printBackground: true })));
    for (const { id, heading, shows } of found) {
      if (!shows) problems.push(`section ${id} is not printed`);
      if (heading === "") problems.push(`section ${id} has no heading`);
      else if (!text.includes(squeezed(heading))) problems.push(`the PDF does not have the heading "${heading}"`);
    }
    return problems;
  });
}
