import type { GLTF, GLTFLoader } from "three/addons/loaders/GLTFLoader.js";

export function read(bytes: Uint8Array, prepare?: (loader: GLTFLoader) => void): Promise<GLTF>;
