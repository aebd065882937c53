// The page says nothing on the console, asks the network for nothing, and its policy is strict and obeyed.
import { readFileSync } from "node:fs";
import { withPage } from "../browser.mjs";

export const name = "quiet";
export const kinds = ["html", "svg"];

/** Runs in the page. */
function policy() {
  const meta = document.querySelector("meta[http-equiv='Content-Security-Policy' i]");
  return {
    text: meta?.content ?? null,
    violations: window.policyViolations,
    broken: document.querySelector("parsererror") !== null,
  };
}

export async function check(browser, file) {
  const problems = [];
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch {
    problems.push("the file is not UTF-8");
  }
  await withPage(browser, file, {}, async (page) => {
    const { text, violations, broken } = await page.evaluate(policy);
    if (broken) problems.push("the file is not well-formed XML");
    if (file.endsWith(".html")) {
      if (text === null) problems.push("no Content-Security-Policy");
      else if (!/default-src 'none'/.test(text)) problems.push("the policy allows by default");
      else if (/unsafe|\*|https?:|data:|blob:/.test(text)) problems.push(`the policy is loose: ${text}`);
    }
    await page.waitForTimeout(50);  // errors reach us after the load event
    problems.push(...page.complaints, ...violations.map((violation) => `policy violated: ${violation}`));
  });
  return problems;
}
