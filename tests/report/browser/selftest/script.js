const sections = [...document.querySelectorAll("main section[data-tab]")];
const list = document.createElement("div");
list.setAttribute("role", "tablist");
list.setAttribute("aria-label", "Sections");
const tabs = sections.map((section) => {
  const tab = document.createElement("button");
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", section.id);
  tab.textContent = section.dataset.tab;
  section.setAttribute("role", "tabpanel");
  list.append(tab);
  return tab;
});
const choose = (at) => tabs.forEach((tab, i) => {
  tab.setAttribute("aria-selected", String(i === at));
  tab.tabIndex = i === at ? 0 : -1;
  sections[i].hidden = i !== at;
});
list.addEventListener("click", (event) => choose(tabs.indexOf(event.target)));
list.addEventListener("keydown", (event) => {
  const at = tabs.indexOf(document.activeElement), last = tabs.length - 1;
  const next = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
  if (next === undefined) return;
  choose(next);
  tabs[next].focus();
});
sections[0].before(list);
choose(0);
for (const table of document.querySelectorAll("table.sortable")) {
  const headers = [...table.tHead.rows[0].cells];
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const sign = header.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
      const rows = [...table.tBodies[0].rows];
      const numeric = rows.every((row) => value(row) === "" || Number.isFinite(Number(value(row))));
      const order = (a, b) => (numeric ? Number(a) - Number(b) : a.localeCompare(b, "en"));
      rows.sort((a, b) => (value(a) === "" ? 1 : 0) - (value(b) === "" ? 1 : 0) || sign * order(value(a), value(b)));
      headers.forEach((other) => other.removeAttribute("aria-sort"));
      header.setAttribute("aria-sort", sign === 1 ? "ascending" : "descending");
      table.tBodies[0].append(...rows);
    });
  });
}
