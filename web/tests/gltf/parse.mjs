/** Reads the glTF file on standard input with three.js; prints the median time and what was found, as JSON. */

import { readFileSync } from "node:fs";
import { read } from "./read.mjs";

const bytes = readFileSync(0);
const times = [];
let last;
for (let run = 0; run < 9; run += 1) {
  const begun = performance.now();
  last = await read(bytes);
  times.push(performance.now() - begun);
}
let shelves = 0;
let meshes = 0;
last.scene.traverse((object) => {
  shelves += object.userData.range_ids?.length ?? 0;
  meshes += object.isMesh ? 1 : 0;
});
times.sort((a, b) => a - b);
process.stdout.write(JSON.stringify({ parse_ms: Number(times[4].toFixed(2)), first_ms: Number(Math.max(...times).toFixed(2)), shelves, meshes }));
