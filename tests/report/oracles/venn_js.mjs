// Lays sets out with @upsetjs/venn.js: {name: [[[0, 1], size], ...]} in, {name: [[x, y, radius], ...]} out.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const module = join(process.env.VESICA_NODE_MODULES, "@upsetjs", "venn.js", "build", "venn.esm.js");
const { venn } = await import(pathToFileURL(module));

const cases = JSON.parse(readFileSync(0, "utf8"));
const laidOut = Object.fromEntries(Object.entries(cases).map(([name, areas]) => {
  const circles = venn(areas.map(([sets, size]) => ({ sets: sets.map(String), size })));
  const names = areas.filter(([sets]) => sets.length === 1).map(([[set]]) => String(set));
  return [name, names.map((set) => [circles[set]?.x ?? 0, circles[set]?.y ?? 0, circles[set]?.radius ?? 0])];
}));
process.stdout.write(JSON.stringify(laidOut));
