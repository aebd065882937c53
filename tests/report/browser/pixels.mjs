// The pixels of a screenshot, decoded by the browser itself.
let canvasPage = null;

/** Returns a function (x, y) -> [r, g, b] of a PNG, or null outside it. */
export async function pixelsOf(browser, png) {
  canvasPage ??= browser.newPage();
  const [width, height, base64] = await (await canvasPage).evaluate(async (data) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const bytes = context.getImageData(0, 0, bitmap.width, bitmap.height).data;
    let text = "";
    for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
    return [bitmap.width, bitmap.height, btoa(text)];
  }, png.toString("base64"));
  const bytes = Buffer.from(base64, "base64");
  return (x, y) => {
    if (x < 0 || y < 0 || x >= width || y >= height) return null;
    const at = 4 * (Math.floor(y) * width + Math.floor(x));
    return [bytes[at], bytes[at + 1], bytes[at + 2]];
  };
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
