/** The golden points of the frames, shared with Python and C#: the model's axes are (E, U, −N). */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { placesOf } from "../src/twin/way";

const FILE = join(import.meta.dirname, "../../tests/golden/frames/points.json");
const golden = JSON.parse(readFileSync(FILE, "utf8")) as { points: { map: [number, number, number]; gltf: [number, number, number] }[] };

it("draws the way where the golden points lie", () => {
  expect(golden.points.length).toBeGreaterThan(4);
  const above = placesOf([[0, 0, 0]], new Map([[0, 0]]))[0]?.y ?? 0;
  for (const { map, gltf } of golden.points) {
    const place = placesOf([[map[0], map[1], 1]], new Map([[1, map[2]]]))[0];
    expect([place?.x, (place?.y ?? 0) - above, place?.z].map((value) => Number(value?.toFixed(9)) + 0)).toEqual(gltf.map((value) => value + 0));
  }
});
