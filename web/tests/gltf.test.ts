/** The building's model in three.js: the frame of reference, picking, hiding; and what Unity makes of the same file. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type InstancedMesh, type Intersection, Matrix4, type Mesh, type Object3D, Raycaster, Vector3 } from "three";
import { beforeAll, describe, expect, it } from "vitest";
import { read } from "./gltf/read.mjs";

const GOLDEN = join(import.meta.dirname, "../../tests/golden/gltf/marker.glb");

/** Map east, north, up of a place in the file's axes. */
const toMap = (at: Vector3): number[] => [at.x, -at.z, at.y].map((value) => Number(value.toFixed(3)) + 0);

/** What a picked triangle or copy stands for: `extras` lie on the mesh, or on its group when it has several materials. */
function named(hit: Intersection, list: string): string | undefined {
  for (let at: Object3D | null = hit.object; at; at = at.parent) {
    if (at.userData[list]) return at.userData[list][hit.instanceId ?? 0];
  }
  return undefined;
}

let scene: Object3D;
const get = (name: string): Object3D => {
  let found: Object3D | undefined;
  scene.traverse((object) => {
    if ((object.userData.name ?? object.name) === name) found ??= object;
  });
  if (!found) throw new Error(`no node ${name}`);
  return found;
};

beforeAll(async () => {
  ({ scene } = await read(readFileSync(GOLDEN)));
  scene.updateMatrixWorld(true);
});

describe("the marker building", () => {
  it("has east, north and up where the plan has them", () => {
    const at = (name: string) => toMap(get(name).getWorldPosition(new Vector3()));
    expect(at("origin")).toEqual([0, 0, 0]);
    expect(at("east")).toEqual([1, 0, 0]);
    expect(at("north")).toEqual([0, 1, 0]);
    expect(at("up")).toEqual([0, 0, 1]);
  });

  it("names the shelf that a ray from the reader's side meets, and its bay", () => {
    // a reader at (3.4, 2) looks north, 1 m above the ground floor: the second bay of the face that begins at (2, 4)
    const ray = new Raycaster(new Vector3(3.4, 1, -2), new Vector3(0, 0, -1));
    const hit = ray.intersectObject(scene, true).find((one) => named(one, "range_ids"));
    expect(hit && named(hit, "range_ids")).toBe("south face");
    const copy = new Matrix4();
    (hit?.object as InstancedMesh).getMatrixAt(hit?.instanceId ?? 0, copy);
    const local = hit?.point.clone().applyMatrix4(copy.premultiply((hit.object as Mesh).matrixWorld).invert());
    let holder: Object3D | null | undefined = hit?.object;
    while (holder && !holder.userData.bay_m) holder = holder.parent;
    expect(1 + Math.floor((local?.x ?? 0) / holder?.userData.bay_m)).toBe(2);
  });

  it("names the other face from the other side", () => {
    const ray = new Raycaster(new Vector3(3.4, 1, -5.6), new Vector3(0, 0, 1));
    const hit = ray.intersectObject(scene, true).find((one) => named(one, "range_ids"));
    expect(hit && named(hit, "range_ids")).toBe("north face");
  });

  it("hides a level as one node", () => {
    const shown: string[] = [];
    get("level 1").visible = false;
    scene.traverseVisible((object) => shown.push(object.name));
    get("level 1").visible = true;
    expect(shown.some((name) => name.startsWith("1"))).toBe(false);
    expect(shown.some((name) => name.startsWith("0"))).toBe(true);
  });

  it("stands in Unity as (E, U, N) under a root turned about Y", () => {
    // glTFast turns right-handed into left-handed by x → −x; the root then turns half around y: x → −x, z → −z
    const inUnity = (at: Vector3) => {
      const read = new Vector3(-at.x, at.y, at.z);
      return [-read.x, read.y, -read.z].map((value) => Number(value.toFixed(3)) + 0);
    };
    const at = (name: string) => inUnity(get(name).getWorldPosition(new Vector3()));
    expect(at("east")).toEqual([1, 0, 0]);
    expect(at("up")).toEqual([0, 1, 0]);
    expect(at("north")).toEqual([0, 0, 1]);
  });
});
