/** Loads the avatar on standard input with three-vrm and prints, as JSON, what a program finds in it. */

import { readFileSync } from "node:fs";
import { VRMLoaderPlugin } from "@pixiv/three-vrm";
import { Vector3 } from "three";
import { read } from "./read.mjs";

const gltf = await read(readFileSync(0), (loader) => loader.register((parser) => new VRMLoaderPlugin(parser)));
const { vrm } = gltf.userData;
const face = gltf.scene.getObjectByName("face");
gltf.scene.updateMatrixWorld(true);
const weight = (name) => face.morphTargetInfluences[face.morphTargetDictionary[name]];
vrm.expressionManager.setValue("aa", 0.8);
vrm.expressionManager.setValue("blink", 1);
vrm.update(0);
const place = (bone) => vrm.humanoid.getRawBoneNode(bone).getWorldPosition(new Vector3()).toArray().map((v) => Number(v.toFixed(3)));
process.stdout.write(
  JSON.stringify({
    expressions: vrm.expressionManager.expressions.map((one) => one.expressionName).sort(),
    morphs: Object.keys(face.morphTargetDictionary),
    aa: Number(weight("viseme_aa").toFixed(3)),
    blink: [weight("blink_left"), weight("blink_right")],
    head: place("head"),
    leftHand: place("leftHand"),
    name: vrm.meta.name,
    animations: gltf.animations.map((one) => one.name),
  }),
);
