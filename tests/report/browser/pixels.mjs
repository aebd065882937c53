// The colours of a screenshot, read by the browser itself.
const canvasPages = new WeakMap();  // an empty page of each browser

/** Runs in a page: see colorsIn. */
async function readColors([data, boxes]) {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  return boxes.map(({ left, top, right, bottom }) => {
    const [x, y] = [Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top))];
    const width = Math.min(bitmap.width, Math.ceil(right)) - x, height = Math.min(bitmap.height, Math.ceil(bottom)) - y;
    const counts = new Map();
    if (width <= 0 || height <= 0) return [];
    const bytes = context.getImageData(x, y, width, height).data;
    for (let i = 0; i < bytes.length; i += 4) {
      const color = bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2];
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
    return [...counts];
  }).map((counts) => counts.map(([color, count]) => ({ color: [color >> 16, color >> 8 & 255, color & 255], count })));
}

/** The colours [r, g, b] that are in each box {left, top, right, bottom} of a PNG, with how many pixels have them. */
export async function colorsIn(browser, png, boxes) {
  if (!canvasPages.has(browser)) canvasPages.set(browser, browser.newPage());
  return (await canvasPages.get(browser)).evaluate(readColors, [png.toString("base64"), boxes]);
}

/** Relative luminance of WCAG 2.2. */
export function luminance([r, g, b]) {
  const linear = (byte) => {
    const c = byte / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Contrast ratio of WCAG 2.2, from 1 to 21. */
export function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}
