/** Reads a glTF file with three.js outside a browser: pictures are not decoded, everything else is as in a page. */

import { Loader, Texture } from "three";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";

class NoPictures extends Loader {
  load(_url, done) {
    done(new Texture());
  }
}

/** The parsed file of these bytes. `prepare` may register plugins with the loader. */
export async function read(bytes, prepare = () => undefined) {
  globalThis.self ??= globalThis;
  const loader = new GLTFLoader();
  loader.register((parser) => {
    parser.textureLoader = new NoPictures();
    return { name: "no-pictures" };
  });
  prepare(loader);
  const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  return loader.parseAsync(copy, "");
}
