// Dark mode is dark, light mode light, and in both the text of pictures stands out from what is painted behind it as
// WCAG AA asks (axe, in accessibility.mjs, looks at the text outside pictures only). What is behind is measured: the
// picture is painted once more without its text.
import { forEachTab, screenshot, turnTo, withPage } from "../browser.mjs";
import { colorsIn, contrast, luminance } from "../pixels.mjs";

export const name = "themes";
export const kinds = ["html", "svg"];

// Of the pixels below a text this share may have less contrast: lines of the picture may cross it.
const CROSSED = 0.15;

/** Runs in the page: texts of pictures as {text, color, halo, large, left, top, right, bottom}, in page coordinates. */
function pictureTexts() {
  const bytes = (paint) => {
    const numbers = paint.match(/[\d.]+/g)?.map(Number);
    return numbers && paint.startsWith("rgb") ? numbers.slice(0, 4) : null;
  };
  const seen = { visibilityProperty: true, opacityProperty: true };
  return [...document.querySelectorAll("svg text")]
    .flatMap((text) => (text.childElementCount > 0 ? [...text.children] : [text]))
    .filter((text) => text.textContent.trim() && text.checkVisibility(seen))
    .map((text) => {
      const style = getComputedStyle(text), box = text.getBoundingClientRect(), matrix = text.getScreenCTM();
      const size = parseFloat(style.fontSize) * Math.hypot(matrix.c, matrix.d);
      const surrounded = style.paintOrder.startsWith("stroke") && parseFloat(style.strokeWidth) >= 2;
      return { text: text.textContent.slice(0, 60), color: bytes(style.fill),
        halo: surrounded ? bytes(style.stroke) : null,
        large: size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700),
        left: box.left + scrollX, top: box.top + scrollY, right: box.right + scrollX, bottom: box.bottom + scrollY };
    });
}

/** The contrast that a text has with all but the CROSSED share of the pixels below it. */
function contrastOf(text, colors) {
  const ratios = colors.map(({ color, count }) => ({ ratio: contrast(text.color, color), count }));
  ratios.sort((a, b) => a.ratio - b.ratio);
  let left = CROSSED * ratios.reduce((sum, { count }) => sum + count, 0);
  return ratios.find(({ count }) => (left -= count) < 0)?.ratio ?? Infinity;
}

async function textProblems(browser, page) {
  const texts = await page.evaluate(pictureTexts);
  if (texts.length === 0) return [];
  const setVisibility = (value) =>
    document.querySelectorAll("svg text").forEach((text) => { text.style.visibility = value; });
  await page.evaluate(setVisibility, "hidden");
  const behind = await colorsIn(browser, await screenshot(page), texts);
  await page.evaluate(setVisibility, "");
  return texts.flatMap((text, i) => {
    if (!text.color) return [`${JSON.stringify(text.text)} has no plain colour`];
    const ratio = text.halo ? contrast(text.color, text.halo) : contrastOf(text, behind[i]);
    const wanted = text.large ? 3 : 4.5;
    if (ratio >= wanted) return [];
    return [`${JSON.stringify(text.text)} has a contrast of ${ratio.toFixed(2)}, needs ${wanted}`];
  });
}

export async function check(browser, file) {
  const problems = [];
  await withPage(browser, file, {}, async (page) => {
    for (const dark of [false, true]) {
      const theme = dark ? "dark" : "light";
      await turnTo(page, { width: 1280, dark });
      const corner = { left: 2, top: 2, right: 3, bottom: 3 };
      const [[{ color }]] = await colorsIn(browser, await screenshot(page), [corner]);
      const brightness = luminance(color);
      const picture = file.endsWith(".svg");  // has no ground of its own; it must be readable on the browser's
      if (!picture && (dark ? brightness > 0.1 : brightness < 0.7)) {
        problems.push(`${theme}: the page's luminance is ${brightness.toFixed(2)}`);
      }
      await forEachTab(page, async (tab) => {
        const found = await textProblems(browser, page);
        problems.push(...found.map((problem) => `${theme}, tab ${tab + 1}: ${problem}`));
      });
    }
  });
  return problems;
}
