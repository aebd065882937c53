// Data that mean harm: labels that are markup, scripts, formulas, tricks of writing direction, or just too long.
export const LABELS = [
  "<script>window.pwned=1</script>",
  '"><img src=x onerror=window.pwned=1>',
  "</style><script>window.pwned=1</script>",
  "</title></svg><svg onload=window.pwned=1>",
  "javascript:window.pwned=1",
  "' onmouseover='window.pwned=1",
  "]]><!--<script>",
  "&lt;b&gt; &amp;amp; &#60;",
  "\u202Egnp.exe\u2066\u202D end",
  "\u0645\u0628\u064a\u0639\u0627\u062a \u05de\u05db\u05d9\u05e8\u05d5\u05ea",
  '=HYPERLINK("http://example.com/?"&A1,"more")',
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "\u{1F469}\u200D\u{1F680}\u{1F3F4}\u200D\u2620\uFE0F party",
  "a\u0001\u0007\u001b[31mb\u0085\u009b",
  "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309algo",
  "W".repeat(10000),
  "__proto__",
  "NULL",
];

/** As LABELS, with one that is not UTF-8: what a file of another encoding has. */
const LABEL_BYTES = [...LABELS.map((label) => Buffer.from(label)), Buffer.from([0x47, 0xf6, 0x74, 0xc3, 0x28, 0xff])];

/** A row of CSV with every cell quoted; cells are text or bytes. */
function row(cells) {
  const quoted = cells.map((cell) => `"${Buffer.from(cell).toString("latin1").replaceAll('"', '""')}"`);
  return Buffer.from(`${quoted.join()}\n`, "latin1");
}

/** A table of events of several companies, as CSV, in which every label of data is one of them. */
export function hostileEvents() {
  const columns = ["company", "person", "event", "team", "time", "region", "industry", "stage", "reason", "source",
    "deal", "amount", "currency", "asset", "company_group"];
  const rows = [row(columns)];
  const labels = LABEL_BYTES, label = (i) => labels[i % labels.length];
  for (let i = 0; i < 40 * labels.length; ++i) {
    const company = i % 7 === 0 ? label(i) : label(3 * (i % 5));
    const event = (name, day, more = {}) => {
      const time = `2024-0${1 + i % 6}-${10 + day}`;
      const cells = { company, person: `p${i}@host${i % 50}.example`, event: name, time, region: label(i),
        industry: label(5 * i + 1), company_group: label(company.length), ...more };
      rows.push(row(columns.map((column) => cells[column] ?? "")));
    };
    if (i % 3 > 0) event("exposed", 0, { team: i % 2 ? "brand" : "demand" });
    if (i % 2 > 0) event("contacted", 2, { team: "sales" });
    if (i % 4 > 1) event("responded", 4, { source: label(i + 2) });
    if (i % 5 > 0) event("stage", 5, { stage: label(i % 3) });
    if (i % 5 > 2) event("stage", 8, { stage: label(1 + i % 4), reason: label(i + 3) });
    if (i % 6 > 2) event("deal", 9, { deal: `${i}`, stage: i % 2 ? "won" : "lost", amount: "100", currency: "EUR" });
    if (i % 9 === 0) event("asset_created", 1, { team: "brand", asset: label(i) });
    if (i % 9 === 4) event("asset_used", 6, { team: "sales", asset: label(i - 4) });
    if (i % 8 === 0) event("in_market", 3);
    if (i % 8 === 1) event("targeted", 0, { team: i % 3 ? "sales" : "marketing" });
  }
  return Buffer.concat(rows);
}

/** Names of sets for a command line, on which `=` would end a name. */
export function hostileNames() {
  const names = LABELS.map((label) => label.replaceAll("window.pwned=1", "window.pwned++"));
  return names.filter((name) => !name.includes("="));
}
