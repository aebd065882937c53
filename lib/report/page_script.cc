#include "report/page_script.h"

namespace vesica {

// Tabs as the ARIA Authoring Practices Guide has them, with activation on focus. Cells sort by data-value, else by
// their text: numbers before words, what is neither at the end in either direction.
constexpr std::string_view kPageScript = R"js(
(() => {
'use strict';
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const make = (tag, attributes) => {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  return element;
};

const sections = all('main > section[data-tab]');
const tabs = sections.map((section) => {
  const tab = make('button', {type: 'button', role: 'tab', id: 'tab-' + section.id, 'aria-controls': section.id});
  tab.textContent = section.dataset.tab;
  return tab;
});
const select = (index, focus) => {
  tabs.forEach((tab, i) => {
    tab.setAttribute('aria-selected', i === index);
    tab.tabIndex = i === index ? 0 : -1;
    sections[i].hidden = i !== index;
  });
  if (focus) tabs[index].focus();
};
const follow = () => {
  let target = null;
  try {
    target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch (error) {
    return;
  }
  const index = sections.findIndex((section) => target && section.contains(target));
  if (index < 0) return;
  select(index);
  target.scrollIntoView();
};
if (sections.length > 1) {
  const list = make('div', {role: 'tablist', 'aria-label': 'Parts of the report'});
  list.append(...tabs);
  document.querySelector('main').prepend(list);
  sections.forEach((section) => {
    section.setAttribute('role', 'tabpanel');
    section.setAttribute('aria-labelledby', 'tab-' + section.id);
  });
  list.addEventListener('click', (event) => {
    const index = tabs.indexOf(event.target);
    if (index >= 0) select(index);
  });
  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(document.activeElement), last = tabs.length - 1;
    const to = {ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at > 0 ? at - 1 : last, Home: 0, End: last}[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    select(to, true);
  });
  select(0);
  follow();
  addEventListener('hashchange', follow);
}

const valueOf = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
const letters = new Intl.Collator('en');
const sort = (head, column) => {
  const body = head.closest('table').tBodies[0];
  const down = head.getAttribute('aria-sort') === 'ascending';
  all('th[aria-sort]', head.parentNode).forEach((other) => other.removeAttribute('aria-sort'));
  head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
  const rows = [...body.rows].map((row) => ({row, value: valueOf(row, column)}));
  const given = rows.filter(({value}) => value !== '');
  const numbers = given.every(({value}) => Number.isFinite(Number(value)));
  given.sort((a, b) => (down ? -1 : 1) * (numbers ? a.value - b.value : letters.compare(a.value, b.value)));
  body.append(...given.concat(rows.filter(({value}) => value === '')).map(({row}) => row));
};
all('table.sortable').forEach((table) => {
  all('thead tr:last-child > th', table).forEach((head, column) => {
    const button = make('button', {type: 'button'});
    button.append(...head.childNodes);
    button.addEventListener('click', () => sort(head, column));
    head.append(button);
  });
});

let opened = [];
addEventListener('beforeprint', () => {
  opened = all('details:not([open])');
  opened.forEach((details) => { details.open = true; });
});
addEventListener('afterprint', () => opened.forEach((details) => { details.open = false; }));
})();
)js";

}  // namespace vesica
