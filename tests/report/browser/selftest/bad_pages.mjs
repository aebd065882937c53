// Pages and pictures that are bad in one way each: [the check that is to refuse it, what it is to say, what differs].
const body = (from, to) => (good) => ({ body: good.body.replace(from, to) });
const script = (from, to) => (good) => ({ script: good.script.replace(from, to) });
const style = (from, to) => (good) => ({ style: good.style.replace(from, to) });
const styles = (rule) => (good) => ({ style: good.style + rule });
const policy = (from, to) => () => ({ policy: (text) => text.replace(from, to) });
const both = (a, b) => (good) => ({ ...a(good), ...b(good) });
const inPicture = (element) => body("</svg>", `${element}</svg>`);
const inText = (element) => body("</h1>", `</h1>${element}`);

export const BAD_PAGES = [
  ["quiet", /uncaught: .*nowhere/, script(/$/, "nowhere();")],
  ["quiet", /console warning: beware/, script(/$/, "console.warn('beware');")],
  ["quiet", /request: .*missing.png/, both(inText("<img src='missing.png' alt=''>"), policy(/$/, "; img-src file:"))],
  ["quiet", /policy violated: img-src/, inText("<img src='https://example.com/a.png' alt=''>")],
  ["quiet", /policy violated: style-src-attr/, inText("<p style='color: red'>Red</p>")],
  ["quiet", /policy violated: script-src-elem/, inText("<script>window.other = 1</script>")],
  ["quiet", /the policy is loose/, policy("script-src", "script-src 'unsafe-eval'")],
  ["quiet", /the policy allows by default/, policy("default-src 'none';", "")],

  ["inert", /a label was run/, script(/^/, "window.pwned = 1;")],
  ["inert", /1 element\(s\) img/, inText("<img src=x onerror=window.pwned=1>")],
  ["inert", /attribute onerror of img/, inText("<img src=x onerror=window.pwned=1>")],
  ["inert", /2 elements script/, inText("<script>window.pwned=1</script>")],
  ["inert", /attribute href="javascript:/, inText("<a href='javascript:window.pwned=1'>more</a>")],
  ["inert", /attribute style of p/, inText("<p style='color: red'>Red</p>")],
  ["inert", /not isolated/, inText("<p>\u202Etxt.exe of Anna</p>")],
  ["inert", /control character/, inText("<p>a\u0007b</p>")],

  ["picture", /role is null/, body('role="img"', "")],
  ["picture", /no <desc>/, body(/<desc.*<\/desc>/, "")],
  ["picture", /aria-labelledby does not name <title>/, body("circles-title circles-desc", "circles-desc")],
  ["picture", /no table/, body(/<table[^]*<\/table>/, "")],
  ["picture", /two elements have the id overview/, inText("<p id='overview'></p>")],

  ["layout", /"Sales" and "On it" overlap/, inPicture('<text x="265" y="25">On it</text>')],
  ["layout", /"Turned" .*overlap|overlap.*"Turned"/,
    inPicture('<text x="110" y="20" transform="rotate(30 110 20)">Turned</text>')],
  ["layout", /outside its picture/, inPicture('<text x="380" y="60">Far to the right</text>')],
  ["layout", /is cut off/, both(inText("<p id='cut'>A long sentence that has no room</p>"),
    styles("#cut { width: 4rem; white-space: nowrap; overflow: hidden; }"))],
  ["layout", /overlap by/, both(inText("<p id='under'>One line of text</p>"),
    styles("#under { margin-bottom: -1.6rem; line-height: 1.2; }"))],
  ["layout", /px small/, inPicture('<text x="10" y="200" font-size="6">Fine print</text>')],
  ["layout", /at 320 px, .*the page is \d+ px wide/, both(inText("<div id='wide'>&nbsp;</div>"),
    styles("#wide { width: 330px; }"))],
  ["layout", /at 2560 px, .*outside its picture/, both(inPicture('<text id="far" x="10" y="200">Big</text>'),
    styles("@media (min-width: 2000px) { #far { font-size: 300px; } }"))],

  ["tabs", /at first: what shows/, script("choose(0);\nfor", "for")],
  ["tabs", /click on tab 2: what shows/, script("sections[i].hidden = i !== at;", "")],
  ["tabs", /ArrowRight/, script("ArrowRight:", "ArrowDown:")],
  ["tabs", /the selected tab/, script('"aria-selected", String(i === at)', '"aria-selected", "false"')],
  ["tabs", /without script 1 of 2 sections show/, body('id="method"', 'id="method" hidden')],
  ["tabs", /buttons that do nothing/, body('<th scope="col">Set', '<th scope="col"><button>Set</button>')],

  ["sorting", /rows are not in order/, script("numeric ?", "false ?")],
  ["sorting", /column 1, descending: rows are not in order/, script("? -1 : 1", "? 1 : 1")],
  ["sorting", /aria-sort/, script('header.setAttribute("aria-sort"', 'header.setAttribute("data-sort"')],
  ["sorting", /rows were lost/, script("append(...rows)", "replaceChildren(...rows.slice(1))")],
  ["sorting", /0 buttons in the header/, script("header.append(button);", "header.append(...button.childNodes);")],

  ["themes", /dark: the page's luminance/, style("--ground: #14171a", "--ground: #fff")],
  ["themes", /dark, tab 1: "30" has a contrast/, style("--right: #5a3d0c", "--right: #fbe0b8")],
  ["themes", /light, tab 1: "Sales" has a contrast/, body('y="20">Sales', 'y="20" fill="#999">Sales')],

  ["printing", /section method is not printed/, style("section[hidden] { display: block; }", "")],
  ["printing", /does not have the heading "Method"/, styles("@media print { #method h2 { display: none; } }")],
  ["printing", /tabs are printed/, style("[role=tablist] { display: none; }", "")],

  ["accessibility", /image-alt/, inText("<img src='#'>")],
  ["accessibility", /at 1280 px, dark: .*color-contrast/, styles("@media (prefers-color-scheme: dark) { p { color: #444; } }")],
  ["accessibility", /at 375 px, .*color-contrast/, styles("@media (max-width: 400px) { p { color: #ccc; } }")],
  ["accessibility", /button-name/, inText("<button></button>")],

  ["speed", /bytes, more than/, inText(`<!--${"x".repeat(1.6e6)}-->`)],
  ["speed", /there after \d+ ms/, script(/^/, "for (const end = Date.now() + 3200; Date.now() < end;) {}")],
];

export const BAD_PICTURES = [
  ["quiet", /not well-formed/, body("</desc>", "")],
  ["quiet", /request: .*missing.png/, inPicture('<image href="missing.png" width="9" height="9"/>')],
  ["inert", /element\(s\) a:not/, inPicture('<a href="https://example.com/"><text x="9" y="200">more</text></a>')],
  ["inert", /a label was run/, inPicture("<script>window.pwned = 1;</script>")],
  ["inert", /attribute onload of svg/, body("<svg", '<svg onload="window.pwned = 1"')],
  ["picture", /no <title>/, body(/<title.*<\/title>/, "")],
  ["layout", /"Sales" and "On it" overlap/, inPicture('<text x="265" y="25">On it</text>')],
  ["layout", /outside its picture/, inPicture('<text x="380" y="60">Far to the right</text>')],
  ["themes", /dark, tab 1: "30" has a contrast/, style("--right: #5a3d0c", "--right: #fbe0b8")],
  ["themes", /dark, tab 1: "Sales" has a contrast/, style("color-scheme: light dark;", "")],
];
