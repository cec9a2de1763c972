/** The 3-D view without a browser: shelves by range, bays under a ray, the way as a line. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Raycaster, Vector3 } from "three";
import { beforeAll, describe, expect, it } from "vitest";
import { bayBox, readTwin, shelfAt, type TwinModel } from "../src/twin/model";
import { drawWay, placesOf } from "../src/twin/way";
import { read } from "./gltf/read.mjs";

let model: TwinModel;

beforeAll(async () => {
  const file = readFileSync(join(import.meta.dirname, "../../tests/golden/gltf/marker.glb"));
  model = readTwin((await read(file)).scene);
});

describe("the 3-D view", () => {
  it("knows levels and shelves", () => {
    expect([...model.levels.keys()]).toEqual([0, 1]);
    expect([...model.shelves.keys()]).toEqual(["south face", "north face", "upstairs"]);
    expect(model.shelves.get("upstairs")).toMatchObject({ level: 1, bays: 2 });
  });

  it.each([
    [2.4, 1],
    [3.5, 2],
    [4.9, 3],
  ])("finds at %d m east bay %d", (east, bay) => {
    const hits = new Raycaster(new Vector3(east, 1, -1), new Vector3(0, 0, -1)).intersectObject(model.scene, true);
    expect(hits.map((hit) => shelfAt(hit, model)).find(Boolean)).toEqual({ rangeId: "south face", bay });
  });

  it("marks a bay where it stands", () => {
    const shelf = model.shelves.get("upstairs");
    if (!shelf) throw new Error("no shelf");
    const { middle, size } = bayBox(shelf, 2);
    const at = middle.applyMatrix4(shelf.matrix);
    // the face runs from (6, 4.5) south to (6, 2.5), its body lies east of it, 4.5 m up
    expect(at.x).toBeCloseTo(6.13, 2);
    expect(at.y).toBeCloseTo(5.5, 2);
    expect(-at.z).toBeCloseTo(3.0, 2);
    expect(size.x).toBeCloseTo(1.0, 2);
    expect(bayBox(shelf, null).size.x).toBeCloseTo(2.0, 2);
  });

  it("draws a way over levels, and none of one point", () => {
    const places = placesOf([[0, 0, 0], [3, 4, 0], [3, 4, 0], [3, 4, 1]], new Map([[0, 0], [1, 4.5]]));
    expect(places.map((p) => p.toArray().map((v) => Number(v.toFixed(2)) + 0))).toEqual([
      [0, 0.12, 0],
      [3, 0.12, -4],
      [3, 4.62, -4],
    ]);
    const line = drawWay(places, "#ad3522");
    line?.geometry.computeBoundingBox();
    expect(line?.geometry.boundingBox?.max.y).toBeGreaterThan(4.6);
    expect(drawWay(places.slice(0, 1), "#ad3522")).toBeNull();
  });
});
