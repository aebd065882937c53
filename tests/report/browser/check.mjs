// Checks reports and pictures in Chromium:
//   node check.mjs [--only NAME,...] [--shots FOLDER] FILE...
// FILE is .html or .svg. Exit code 1 if any check fails. --shots keeps screenshots of each page: light, dark, on
// a phone, and the first pages as printed.
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";
import * as accessibility from "./checks/accessibility.mjs";
import * as inert from "./checks/inert.mjs";
import * as layout from "./checks/layout.mjs";
import * as picture from "./checks/picture.mjs";
import * as printing from "./checks/printing.mjs";
import * as quiet from "./checks/quiet.mjs";
import * as sorting from "./checks/sorting.mjs";
import * as speed from "./checks/speed.mjs";
import * as tabs from "./checks/tabs.mjs";
import * as themes from "./checks/themes.mjs";
import { shoot } from "./screenshots.mjs";

export const CHECKS = [quiet, inert, picture, layout, tabs, sorting, themes, printing, accessibility, speed];
const SHOWN = 12;

/** The problems that one check finds in a file; a check that breaks is a problem. */
export async function run(check, browser, file) {
  try {
    return await check.check(browser, file);
  } catch (error) {
    return [`the check broke: ${error.message.split("\n")[0]}`];
  }
}

/** Runs the checks that fit a file, prints what comes of them and returns how many passed and failed. */
export async function checkFile(browser, file, only) {
  const kind = file.split(".").pop();
  let passed = 0, failed = 0;
  console.log(basename(file));
  for (const check of CHECKS.filter(({ name, kinds }) => kinds.includes(kind) && (!only || only.includes(name)))) {
    const started = Date.now();
    const problems = await run(check, browser, file);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`  ${problems.length === 0 ? "ok    " : "FAILED"} ${check.name} (${seconds} s)`);
    problems.slice(0, SHOWN).forEach((problem) => console.log(`         ${problem}`));
    if (problems.length > SHOWN) console.log(`         and ${problems.length - SHOWN} more`);
    problems.length === 0 ? ++passed : ++failed;
  }
  return { passed, failed };
}

/** Checks files one after another; returns whether all passed. */
export async function checkFiles(files, { only, shots } = {}) {
  const browser = await launch();
  let passed = 0, failed = 0;
  try {
    for (const file of files) {
      const found = await checkFile(browser, file, only);
      passed += found.passed;
      failed += found.failed;
      if (shots) await shoot(browser, file, shots);
    }
  } finally {
    await browser.close();
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const options = {}, files = [];
  for (let args = process.argv.slice(2); args.length > 0; args = args.slice(1)) {
    if (["--only", "--shots"].includes(args[0])) options[args.shift().slice(2)] = args[0];
    else files.push(args[0]);
  }
  options.only &&= options.only.split(",");
  process.exitCode = await checkFiles(files, options) ? 0 : 1;
}
