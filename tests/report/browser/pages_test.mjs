// Reports as `vesica` writes them, in the browser:
//   node pages_test.mjs VESICA FOLDER
// FOLDER gets the pages, what they were made of, and screenshots of the study: light, dark, on a phone and printed.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { checkFiles } from "./check.mjs";
import { hostileEvents, hostileNames } from "./hostile.mjs";

const [vesica, folder] = process.argv.slice(2).map((path) => resolve(path));

/** Runs vesica in FOLDER; returns the files it wrote for --html and --svg. */
function write(...args) {
  execFileSync(vesica, [...args, "--quiet"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  return args.filter((_, i) => ["--html", "--svg"].includes(args[i - 1])).map((name) => join(folder, name));
}

/** A list of the people `from` to `end` - 1. */
function people(name, from, end) {
  const rows = Array.from({ length: end - from }, (_, i) => `p${from + i}@example.com\n`);
  writeFileSync(join(folder, name), `email\n${rows.join("")}`);
  return name;
}

/** The pages of overlaps: of two lists, of three, of four; exact and from sketches. */
function overlaps() {
  const marketing = people("marketing.csv", 0, 20000), sales = people("sales.csv", 19840, 20840);
  const demand = people("demand.csv", 15000, 20100), brand = people("brand.csv", 3000, 9000);
  write("sketch", marketing, "-o", "marketing.vsc");
  return [
    ...write("overlap", marketing, sales, "--html", "two.html", "--svg", "two.svg"),
    ...write("overlap", "marketing.vsc", sales, "--html", "sketch.html", "--svg", "sketch.svg"),
    ...write("overlap", marketing, demand, sales, "--html", "three.html", "--svg", "three.svg"),
    ...write("overlap", marketing, sales, demand, brand, "--html", "four.html", "--svg", "four.svg"),
  ];
}

/** Pages of the same lists under names that mean harm, two and more at a time. */
function hostileOverlaps() {
  const list = people("list.csv", 0, 100), other = people("other.csv", 70, 200);
  const names = hostileNames();
  return [2, 3, 4, 6].flatMap((count, page) => {
    const sets = names.slice(3 * page, 3 * page + count).map((name, i) => `${name}=${i % 2 ? list : other}`);
    const name = `hostile${count}`;
    return write("overlap", ...sets, "--title", names[page], "--html", `${name}.html`, "--svg", `${name}.svg`);
  });
}

/** The study of the simulated companies, with these options. */
function study(name, ...options) {
  return write("study", "simulated/events.csv", "--by", "region,industry", "--html", `${name}.html`, ...options);
}

function hostileStudy() {
  writeFileSync(join(folder, "hostile.csv"), hostileEvents());
  return write("study", "hostile.csv", "--by", "region,industry", "--html", "hostile.html");
}

/** The study of as many companies as the one that is behind the published figures. */
function largeStudy() {
  write("simulate", "--companies", "7056", "--people", "60", "-o", "large");
  return write("study", "large/events.csv", "--by", "region,industry", "--threads", "2", "--html", "large.html");
}

/** Whether labels are on the page as they are, not left out. */
function showsLabels(file) {
  const shown = readFileSync(file, "utf8").includes("&lt;script&gt;window.pwned=1&lt;/script&gt;");
  console.log(`${shown ? "ok    " : "FAILED"} labels are shown in ${basename(file)}`);
  return shown;
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const shots = join(folder, "shots");
write("simulate", "--companies", "60", "--people", "600", "-o", "simulated");
const hostile = hostileStudy();
const passed = [
  await checkFiles(study("study"), { shots }),
  await checkFiles([...study("hidden", "--min-cell", "10"), ...study("company", "--company", "synthetic-00007")],
    { only: ["quiet", "inert", "picture", "layout", "accessibility"] }),
  await checkFiles(hostile),
  showsLabels(hostile[0]),
  await checkFiles(overlaps()),
  await checkFiles(hostileOverlaps(), { only: ["quiet", "inert", "picture", "layout"] }),
  await checkFiles(largeStudy(), { only: ["quiet", "inert", "tabs", "printing", "speed"] }),
];
process.exitCode = passed.every(Boolean) ? 0 : 1;
