/** The building's model in three.js: its levels, its shelves by range, and what a ray meets. */

import {
  type BufferGeometry, type Group, type InstancedMesh, type Intersection, type LoadingManager, Matrix4, type Object3D,
  TextureLoader, Vector3,
} from "three";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";

/** One shelf face in the model. `matrix` brings the copy's own frame into the world's. */
export interface ShelfCopy {
  readonly rangeId: string;
  readonly level: number;
  readonly bays: number;
  readonly bayM: number;
  readonly matrix: Matrix4;
}

export interface TwinModel {
  readonly scene: Group;
  /** Ordinal → the node of its level. */
  readonly levels: ReadonlyMap<number, Object3D>;
  readonly shelves: ReadonlyMap<string, ShelfCopy>;
}

/** Fetch and read the model. Pictures are read as images: a strict content policy lets no script fetch blobs. */
export async function loadTwin(url: string): Promise<TwinModel> {
  const loader = new GLTFLoader();
  loader.register((parser) => {
    parser.textureLoader = new TextureLoader((parser.options as { manager: LoadingManager }).manager);
    return { name: "pictures-as-images" };
  });
  const { scene } = await loader.loadAsync(url);
  return readTwin(scene);
}

/** Find levels and shelves in a model that was read. */
export function readTwin(scene: Group): TwinModel {
  scene.updateMatrixWorld(true);
  const levels = new Map<number, Object3D>();
  const shelves = new Map<string, ShelfCopy>();
  scene.traverse((object) => {
    if (object.userData.kind === "level") levels.set(object.userData.level, object);
    if (object.userData.kind !== "shelves") return;
    const mesh = firstCopies(object);
    if (!mesh) return;
    const { range_ids: ids, bays, bay_m: bayM } = object.userData as { range_ids: string[]; bays: number; bay_m: number };
    ids.forEach((rangeId, index) => {
      const matrix = new Matrix4();
      mesh.getMatrixAt(index, matrix);
      matrix.premultiply(mesh.matrixWorld);
      shelves.set(rangeId, { rangeId, level: levelOf(object), bays, bayM, matrix });
    });
  });
  return { scene, levels, shelves };
}

/** The shelf and the bay that a ray's hit stands for; null for anything else. */
export function shelfAt(hit: Intersection, model: TwinModel): { rangeId: string; bay: number } | null {
  let holder: Object3D | null = hit.object;
  while (holder && !holder.userData.range_ids) holder = holder.parent;
  const rangeId: string | undefined = holder?.userData.range_ids[hit.instanceId ?? -1];
  const shelf = rangeId === undefined ? undefined : model.shelves.get(rangeId);
  if (!shelf) return null;
  const local = hit.point.clone().applyMatrix4(shelf.matrix.clone().invert());
  return { rangeId: shelf.rangeId, bay: Math.min(Math.max(1 + Math.floor(local.x / shelf.bayM), 1), shelf.bays) };
}

/** Middle and half size, in the copy's own frame, of a bay (of the whole face without one). */
export function bayBox(shelf: ShelfCopy, bay: number | null): { middle: Vector3; size: Vector3 } {
  const wide = bay === null ? shelf.bays * shelf.bayM : shelf.bayM;
  const from = bay === null ? 0 : (Math.min(Math.max(bay, 1), shelf.bays) - 1) * shelf.bayM;
  return { middle: new Vector3(from + wide / 2, 1.0, -0.13), size: new Vector3(wide, 2.04, 0.36) };
}

function firstCopies(object: Object3D): InstancedMesh<BufferGeometry> | null {
  let found: InstancedMesh | null = null;
  object.traverse((child) => {
    if ((child as InstancedMesh).isInstancedMesh) found ??= child as InstancedMesh;
  });
  return found;
}

function levelOf(object: Object3D): number {
  for (let at: Object3D | null = object; at; at = at.parent) if (at.userData.kind === "level") return at.userData.level;
  return 0;
}
