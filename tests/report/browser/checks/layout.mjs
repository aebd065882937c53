// Text is readable at every width: no two texts on each other, none outside its picture or cut off, none too small, and
// the page never scrolls sideways. Every tab is looked at, with its tables open.
import { forEachTab, openDetails, turnTo, withPage } from "../browser.mjs";
import { outside, overlaps, textBoxes } from "../text_boxes.mjs";

export const name = "layout";
export const kinds = ["html", "svg"];
export const WIDTHS = [320, 375, 768, 1280, 2560];

const SLACK_PX = 1;
// The box of a line of HTML text is its font's, which line heights below it may overlap while its letters do not.
const HTML_SLACK = 0.25;  // of the smaller font
const SMALLEST_PX = 8;

const short = ({ text }) => JSON.stringify(text);

/** What is wrong with the texts of the view that is open. */
export function textProblems(boxes, width) {
  const problems = [];
  for (const box of boxes) {
    if (box.svg >= 0 && outside(box) > SLACK_PX) {
      problems.push(`${short(box)} is ${outside(box).toFixed(1)} px outside its picture`);
    }
    if (box.clipped) problems.push(`${short(box)} is cut off`);
    if (box.font < SMALLEST_PX) problems.push(`${short(box)} is ${box.font.toFixed(1)} px small`);
    const right = Math.max(...box.corners.map(([x]) => x)), left = Math.min(...box.corners.map(([x]) => x));
    if (box.svg < 0 && (right > width + SLACK_PX || left < -SLACK_PX)) problems.push(`${short(box)} is off the page`);
  }
  const allowed = (a, b) =>
    (a.svg >= 0 && b.svg >= 0 ? SLACK_PX : Math.max(SLACK_PX, HTML_SLACK * Math.min(a.font, b.font)));
  for (const [a, b, by] of overlaps(boxes, allowed)) {
    problems.push(`${short(a)} and ${short(b)} overlap by ${by.toFixed(1)} px`);
  }
  return problems;
}

export async function check(browser, file) {
  const problems = [];
  const widths = file.endsWith(".svg") ? [1280] : WIDTHS;
  await withPage(browser, file, {}, async (page) => {
    await openDetails(page);
    for (const width of widths) {
      await turnTo(page, { width });
      await forEachTab(page, async (tab) => {
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        const found = textProblems(await page.evaluate(textBoxes), width);
        if (widths.length > 1 && wide > width) found.push(`the page is ${wide} px wide`);
        problems.push(...found.map((problem) => `at ${width} px, tab ${tab + 1}: ${problem}`));
      });
    }
  });
  return problems;
}
