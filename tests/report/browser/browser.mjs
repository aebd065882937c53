// Chromium without network, and pages opened in it whose every complaint and request is on record.
import { pathToFileURL } from "node:url";
import { chromium } from "./modules.mjs";

export const CHROMIUM = process.env.VESICA_CHROMIUM ?? "/usr/bin/chromium";

export function launch() {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--font-render-hinting=none"],
  });
}

/**
 * Opens a file in a context of its own. `options` are width, dark, script (false: JavaScript is off).
 * The page gets `complaints`: console warnings and errors, uncaught errors, violations of its policy, requests for
 * anything but the file itself. Close it with `page.context().close()`.
 */
export async function open(browser, file, options = {}) {
  const { width = 1280, dark = false, script = true } = options;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? "dark" : "light",
    javaScriptEnabled: script,
    serviceWorkers: "block",
  });
  context.setDefaultTimeout(30000);
  const page = await context.newPage();
  const url = pathToFileURL(file).href;
  page.complaints = [];
  page.on("console", (message) => {
    const type = message.type();
    if (["error", "warning"].includes(type)) page.complaints.push(`console ${type}: ${message.text()}`);
  });
  page.on("pageerror", (error) => page.complaints.push(`uncaught: ${error.message}`));
  page.on("dialog", (dialog) => {
    page.complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await context.route("**/*", (route) => {
    if (route.request().url().split("#")[0] === url) return route.continue();
    page.complaints.push(`request: ${route.request().url().slice(0, 200)}`);
    return route.abort();
  });
  await context.addInitScript(() => {
    window.policyViolations = [];
    document.addEventListener("securitypolicyviolation",
      (event) => window.policyViolations.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
  await page.goto(url, { waitUntil: "load" });
  return page;
}

/** Runs `use` with an open page and closes it whatever comes of it. */
export async function withPage(browser, file, options, use) {
  const page = await open(browser, file, options);
  try {
    return await use(page);
  } finally {
    await page.context().close();
  }
}

/** The tabs of a page, by index; a page without tabs is one view. */
export async function forEachTab(page, visit) {
  const count = await page.locator("[role=tab]").count();
  for (let index = 0; index < Math.max(count, 1); ++index) {
    if (count > 0) await page.evaluate((at) => document.querySelectorAll("[role=tab]")[at].click(), index);
    await visit(index);
  }
}

/** Makes an open page look as it does on another screen. */
export async function turnTo(page, { width, dark }) {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
}

/** A PNG of a whole page. Playwright's own never comes back from a file that is SVG. */
export async function screenshot(page) {
  if (!page.url().endsWith(".svg")) return page.screenshot({ fullPage: true });
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "png", captureBeyondViewport: true });
  await session.detach();
  return Buffer.from(data, "base64");
}

/** Opens every <details> of a page, so that the tables below the figures are laid out. */
export function openDetails(page) {
  return page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
}
