// A click on the header of a column sorts the rows of its table by the values of the cells (data-value, or the text),
// up and then down, and says so in aria-sort. The order is checked against a sort of our own.
import { openDetails, withPage } from "../browser.mjs";

export const name = "sorting";
export const kinds = ["html"];

/** Runs in the page: presses the button of column `column` of table `table`, and returns what came of it. */
function press([table, column]) {
  const element = document.querySelectorAll("table.sortable")[table];
  const headers = [...element.tHead.rows[element.tHead.rows.length - 1].cells];
  const rows = [...element.tBodies[0].rows];
  window.rowNumbers ??= new Map();
  rows.forEach((row) => { if (!window.rowNumbers.has(row)) window.rowNumbers.set(row, window.rowNumbers.size); });
  headers[column].querySelector("button")?.click();
  return {
    rows: [...element.tBodies[0].rows].map((row) => ({
      number: window.rowNumbers.get(row),
      value: row.cells[column].dataset.value ?? row.cells[column].textContent.trim(),
    })),
    sort: headers.map((header) => header.getAttribute("aria-sort")),
  };
}

/** Runs in the page: the columns of each table that can be sorted. */
function tables() {
  return [...document.querySelectorAll("table.sortable")].map((table) => {
    const headers = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    return {
      label: table.closest("figure")?.id ?? table.caption?.textContent ?? "a table",
      rows: table.tBodies[0].rows.length,
      columns: headers.map((header) => header.querySelectorAll("button").length),
    };
  });
}

const isNumber = (value) => value !== "" && Number.isFinite(Number(value));

/** Rows in ascending or descending order; those without a value come last in both, ties stay as they were. */
function sorted(rows, descending) {
  const missing = rows.filter(({ value }) => value === "");
  const given = rows.filter(({ value }) => value !== "");
  const numeric = given.every(({ value }) => isNumber(value));
  const collator = new Intl.Collator("en");
  const order = numeric ? (a, b) => Number(a.value) - Number(b.value) : (a, b) => collator.compare(a.value, b.value);
  return [...given.sort((a, b) => (descending ? order(b, a) : order(a, b))), ...missing];
}

const values = (rows) => rows.map(({ value }) => value).join("\n");
const numbers = (rows) => rows.map(({ number }) => number).sort((a, b) => a - b).join(" ");

async function checkTable(page, at, { label, columns }) {
  const problems = [];
  for (let column = 0; column < columns.length; ++column) {
    if (columns[column] !== 1) {
      problems.push(`${label}: ${columns[column]} buttons in the header of column ${column + 1}`);
      continue;
    }
    for (const descending of [false, true]) {
      const { rows, sort } = await page.evaluate(press, [at, column]);
      const how = `${label}, column ${column + 1}, ${descending ? "descending" : "ascending"}`;
      const said = columns.map((_, i) => (i !== column ? "none" : descending ? "descending" : "ascending"));
      if (sort.map((value) => value ?? "none").join() !== said.join()) {
        problems.push(`${how}: aria-sort says ${JSON.stringify(sort)}`);
      }
      if (values(rows) !== values(sorted([...rows], descending))) problems.push(`${how}: rows are not in order`);
      if (numbers(rows) !== rows.map((_, i) => i + Math.min(...rows.map(({ number }) => number))).join(" ")) {
        problems.push(`${how}: rows were lost or doubled`);
      }
    }
  }
  return problems;
}

export async function check(browser, file) {
  return withPage(browser, file, {}, async (page) => {
    await openDetails(page);
    const problems = [];
    const found = await page.evaluate(tables);
    for (let at = 0; at < found.length; ++at) problems.push(...await checkTable(page, at, found[at]));
    return problems;
  });
}
