/** Prints, as JSON, every mesh of the glTF file on standard input: name, corners, copies, and its box to the millimetre. */

import { readFileSync } from "node:fs";
import { Box3 } from "three";
import { MeshoptDecoder } from "three/addons/libs/meshopt_decoder.module.js";
import { read } from "./read.mjs";

await MeshoptDecoder.ready;
const { scene } = await read(readFileSync(0), (loader) => loader.setMeshoptDecoder(MeshoptDecoder));
scene.updateMatrixWorld(true);
const found = [];
scene.traverse((object) => {
  if (!object.isMesh) return;
  const { min, max } = new Box3().setFromObject(object);
  const box = [...min.toArray(), ...max.toArray()].map((value) => Math.round(value * 1000));
  found.push([object.name, object.geometry.getAttribute("position").count, object.count ?? 1, ...box]);
});
process.stdout.write(JSON.stringify(found));
