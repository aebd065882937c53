// The checks of the checks: a good page and a good picture pass all of them, and each bad one is refused by the check
// that is to refuse it, for the reason it is bad.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { CHECKS, run } from "./check.mjs";
import { BAD_PAGES, BAD_PICTURES } from "./selftest/bad_pages.mjs";

const part = (file) => readFileSync(new URL(`selftest/${file}`, import.meta.url), "utf8");
const GOOD = {
  style: part("style.css"),
  script: part("script.js"),
  body: part("body.html"),
  policy: (policy) => policy,
};

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** A page of its parts, with the policy that allows its style and its script. */
function pageOf({ style, script, body, policy }) {
  const allowed = policy(`default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}`);
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${allowed}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Overlap</title>
<style>${style}</style></head><body>${body}<script>${script}</script></body></html>`;
}

/** The picture of a page as a file of its own. */
function pictureOf({ style, body }) {
  const [svg] = body.match(/<svg[^]*<\/svg>/);
  const named = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
  return named.replace(/<\/svg>$/, `<style>${style}</style></svg>`);
}

const folder = mkdtempSync(join(tmpdir(), "vesica-selftest-"));
const browser = await launch();
let passed = 0, failed = 0;

function count(name, problem) {
  if (problem) console.log(`FAILED ${name}: ${problem}`);
  problem ? ++failed : ++passed;
}

/** What a check says of a page or picture of these parts. */
async function verdict(check, kind, parts) {
  const file = join(folder, `bad.${kind}`);
  writeFileSync(file, kind === "svg" ? pictureOf(parts) : pageOf(parts));
  return run(check, browser, file);
}

/** What is wrong with how a check judges what is bad; nothing if it refuses it for the expected reason. */
async function misjudged(kind, [name, expected, change]) {
  const bad = { ...GOOD, ...change(GOOD) };
  if (pageOf(bad) === pageOf(GOOD)) return "the bad one is the good one";
  const problems = await verdict(CHECKS.find((check) => check.name === name), kind, bad);
  return problems.some((problem) => expected.test(problem)) ? "" : `not refused; said ${JSON.stringify(problems)}`;
}

try {
  for (const [kind, bad] of [["html", BAD_PAGES], ["svg", BAD_PICTURES]]) {
    for (const check of CHECKS.filter(({ kinds }) => kinds.includes(kind))) {
      count(`${check.name} on the good ${kind}`, (await verdict(check, kind, GOOD)).join("\n  "));
      if (!bad.some(([name]) => name === check.name)) count(check.name, `there is no bad ${kind} for it`);
    }
    for (const one of bad) count(`${kind}: ${one[0]} for ${one[1]}`, await misjudged(kind, one));
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
