// Tabs show one section at a time, by mouse and by keys as the ARIA Authoring Practices have it; without script every
// section is there.
import { withPage } from "../browser.mjs";

export const name = "tabs";
export const kinds = ["html"];

/** Runs in the page: which sections show and which tab is chosen. */
function state() {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  return {
    sections: [...document.querySelectorAll("main section[data-tab]")].map((section) => section.id),
    visible: [...document.querySelectorAll("main section[data-tab]")].filter((section) => section.checkVisibility())
      .map((section) => section.id),
    tabs: tabs.length,
    lists: document.querySelectorAll("[role=tablist]").length,
    selected: tabs.flatMap((tab, at) => (tab.getAttribute("aria-selected") === "true" ? [at] : [])),
    focusable: tabs.flatMap((tab, at) => (tab.tabIndex === 0 ? [at] : [])),
    focused: tabs.indexOf(document.activeElement),
    controls: tabs.map((tab) => document.getElementById(tab.getAttribute("aria-controls"))?.closest("[data-tab]")?.id),
  };
}

/** What is wrong if section `at` should be the one that shows. */
function problemsOf(found, at, how) {
  const problems = [];
  const is = (value, expected, what) => {
    if (JSON.stringify(value) !== JSON.stringify(expected)) {
      problems.push(`${how}: ${what} is ${JSON.stringify(value)}, expected ${JSON.stringify(expected)}`);
    }
  };
  is(found.visible, [found.sections[at]], "what shows");
  is(found.selected, [at], "the selected tab");
  is(found.focusable, [at], "the tab in the order of focus");
  return problems;
}

async function checkWithScript(page) {
  const problems = [];
  const first = await page.evaluate(state);
  const count = first.sections.length;
  if (count < 2) return first.tabs === 0 ? [] : ["tabs over fewer than two sections"];
  if (first.lists !== 1 || first.tabs !== count) {
    return [`${first.tabs} tabs in ${first.lists} lists for ${count} sections`];
  }
  if (first.controls.join() !== first.sections.join()) problems.push("aria-controls do not name the sections");
  problems.push(...problemsOf(first, 0, "at first"));
  const tabs = page.locator("[role=tab]");
  for (let at = count - 1; at >= 0; --at) {
    await tabs.nth(at).click();
    problems.push(...problemsOf(await page.evaluate(state), at, `click on tab ${at + 1}`));
  }
  let at = 0;
  for (const [key, next] of [["ArrowRight", (i) => (i + 1) % count], ["ArrowRight", (i) => (i + 1) % count],
    ["ArrowLeft", (i) => (i + count - 1) % count], ["End", () => count - 1], ["ArrowRight", () => 0],
    ["ArrowLeft", () => count - 1], ["Home", () => 0]]) {
    await page.keyboard.press(key);
    at = next(at);
    const found = await page.evaluate(state);
    problems.push(...problemsOf(found, at, `${key} to tab ${at + 1}`));
    if (found.focused !== at) problems.push(`${key}: focus is on tab ${found.focused + 1}, expected ${at + 1}`);
  }
  return problems;
}

async function checkWithoutScript(page) {
  const found = await page.evaluate(state);
  const problems = [];
  if (found.visible.length !== found.sections.length) {
    problems.push(`without script ${found.visible.length} of ${found.sections.length} sections show`);
  }
  const dead = await page.locator("[role=tab], th button").count();
  if (dead > 0) problems.push(`without script there are ${dead} buttons that do nothing`);
  return problems;
}

export async function check(browser, file) {
  return [
    ...await withPage(browser, file, {}, checkWithScript),
    ...await withPage(browser, file, { script: false }, checkWithoutScript),
  ];
}
