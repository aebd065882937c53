// The packages of package-lock.json, from where `npm ci` put them: VESICA_NODE_MODULES, outside the source tree.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const folder = process.env.VESICA_NODE_MODULES ?? "node_modules";
const require = createRequire(resolve(folder, "package.json"));

export const { chromium } = require("playwright-core");
export const axeSource = readFileSync(join(folder, "axe-core", "axe.min.js"), "utf8");
