// Every picture says what it is without being seen: role, title, description; and a figure has a caption and a table
// with its numbers.
import { withPage } from "../browser.mjs";

export const name = "picture";
export const kinds = ["html", "svg"];

/** Runs in the page. */
function unnamed() {
  const problems = [];
  const whole = document.documentElement.localName === "html";
  for (const svg of document.querySelectorAll("svg")) {
    if (svg.closest("[aria-hidden=true]") || svg.parentElement?.closest("svg")) continue;
    const where = svg.closest("figure")?.id || "a picture";
    if (svg.getAttribute("role") !== "img") problems.push(`${where}: role is ${svg.getAttribute("role")}`);
    for (const part of ["title", "desc"]) {
      const element = svg.querySelector(`:scope > ${part}`);
      if (!element?.textContent.trim()) problems.push(`${where}: no <${part}>`);
      else if (!(svg.getAttribute("aria-labelledby") ?? "").split(" ").includes(element.id)) {
        problems.push(`${where}: aria-labelledby does not name <${part}>`);
      }
    }
    if (!svg.viewBox.baseVal?.width) problems.push(`${where}: no viewBox`);
    if (whole && !svg.closest("figure")?.querySelector("figcaption")) problems.push(`${where}: no caption`);
    if (whole && !svg.closest("figure")?.querySelector("details table")) problems.push(`${where}: no table`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const twice = new Set(ids.filter((id, at) => ids.indexOf(id) !== at));
  for (const id of twice) problems.push(`two elements have the id ${id}`);
  if (document.querySelector("svg") === null) problems.push("there is no picture");
  return problems;
}

export async function check(browser, file) {
  return withPage(browser, file, {}, (page) => page.evaluate(unnamed));
}
