// Whatever the data were, the page has only the elements and attributes that a report is made of: one script, no
// element that loads or sends, no handler, no style attribute, no link but within the page; and labels with marks that
// turn the direction of text are isolated.
import { withPage } from "../browser.mjs";

export const name = "inert";
export const kinds = ["html", "svg"];

/** Runs in the page: what it must not have. */
function foreign() {
  const problems = [];
  const banned = ["img", "iframe", "frame", "object", "embed", "form", "link", "base", "video", "audio", "source",
    "foreignObject", "image", "use", "animate", "set", "a:not([href^='#'])", "meta[http-equiv=refresh i]"];
  for (const selector of banned) {
    const count = document.querySelectorAll(selector).length;
    if (count > 0) problems.push(`${count} element(s) ${selector}`);
  }
  const isPage = document.documentElement.localName === "html";
  for (const tag of ["script", "style"]) {
    const count = document.querySelectorAll(isPage ? `${tag}` : "script").length;
    if (count > (isPage ? 1 : 0)) problems.push(`${count} elements ${tag}`);
  }
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) problems.push(`attribute ${name} of ${element.localName}`);
      if (name === "style") problems.push(`attribute style of ${element.localName}`);
      if (/^(src|srcset|srcdoc|action|formaction|poster|background|ping)$/i.test(name) ||
          (/href$/i.test(name) && !value.startsWith("#"))) {
        problems.push(`attribute ${name}="${value.slice(0, 60)}" of ${element.localName}`);
      }
    }
  }
  if (window.pwned !== undefined) problems.push("a label was run as a script");
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("script, style")) continue;
    const shown = JSON.stringify(node.data.trim().slice(0, 60));
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/.test(node.data)) {
      problems.push(`control character in ${shown}`);
    }
    const turns = /[\u202a-\u202e\u2066-\u2069]/.test(node.data);
    if (turns && !node.parentElement.closest("bdi, text, title, desc")) {
      problems.push(`not isolated: ${shown}`);
    }
  }
  return problems;
}

export async function check(browser, file) {
  return withPage(browser, file, {}, (page) => page.evaluate(foreign));
}
