/** A world drawn from where one stands in it: turn by dragging or with the arrow keys, walk by tapping the ground. */

import {
  AmbientLight, DirectionalLight, Group, HemisphereLight, type LoadingManager, MathUtils, NoToneMapping,
  type Object3D, PerspectiveCamera, Raycaster, Scene, TextureLoader, Vector2, Vector3, WebGLRenderer,
} from "three";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";

/** What can be touched in a world, as its file says (`assets/build.py`). */
export type Hotspot =
  | { readonly kind: "title"; readonly title: string; readonly byline: string; readonly lang: string }
  | { readonly kind: "quote"; readonly text: string; readonly source: string; readonly lang: string }
  | { readonly kind: "portal"; readonly to: "record"; readonly record_id: string; readonly title: string }
  | { readonly kind: "portal"; readonly to: "shelf"; readonly record_id: string };

const WIDE_DEG = 68;
const TURN_DEG = 6;

export class WorldStage {
  private readonly renderer = new WebGLRenderer({ antialias: true });
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(WIDE_DEG, 1, 0.05, 1200);
  private readonly ray = new Raycaster();
  private world: Group | null = null;
  private heading = 0;
  private tilt = 0;
  private reach = 6;
  private waiting = false;

  /** Raises when the browser has no WebGL. */
  constructor(private readonly holder: HTMLElement) {
    this.renderer.toneMapping = NoToneMapping; // pictures are shown as they were painted
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
    this.renderer.domElement.tabIndex = 0;
    holder.prepend(this.renderer.domElement);
    const sun = new DirectionalLight("#fff1dd", 2.2);
    sun.position.set(6, 12, 8);
    this.scene.add(sun, new HemisphereLight("#ffffff", "#b9b1a0", 2.0), new AmbientLight("#ffffff", 0.5));
    this.camera.rotation.order = "YXZ";
    new ResizeObserver(() => this.fit()).observe(holder);
  }

  get canvas(): HTMLCanvasElement {
    return this.renderer.domElement;
  }

  /** Fetch a world and stand at its spawn point. */
  async enter(url: string): Promise<void> {
    const loader = new GLTFLoader();
    loader.register((parser) => {
      parser.textureLoader = new TextureLoader((parser.options as { manager: LoadingManager }).manager);
      return { name: "pictures-as-images" };
    });
    const { scene } = await loader.loadAsync(url);
    this.world?.removeFromParent();
    this.world = scene;
    this.scene.add(scene);
    scene.updateMatrixWorld(true);
    const spawn = scene.getObjectByName("spawn");
    const ground = scene.getObjectByName("ground");
    this.reach = (ground?.userData.radius_m as number | undefined) ?? 6;
    this.camera.position.set(0, (spawn?.userData.eye_m as number | undefined) ?? 1.6, 0);
    this.heading = -MathUtils.degToRad((spawn?.userData.heading_deg as number | undefined) ?? 0);
    this.tilt = 0;
    this.draw();
  }

  /** Turn the eye, in degrees to the left and upwards. */
  turn(left: number, up: number): void {
    this.heading += MathUtils.degToRad(left);
    this.tilt = MathUtils.clamp(this.tilt + MathUtils.degToRad(up), -1.2, 1.2);
    this.draw();
  }

  /** Look wider or narrower. */
  zoom(by: number): void {
    this.camera.fov = MathUtils.clamp(this.camera.fov * by, 35, 90);
    this.camera.updateProjectionMatrix();
    this.draw();
  }

  /** Turn by an arrow key; was it one? */
  key(name: string): boolean {
    const turns: Record<string, [number, number]> = {
      ArrowLeft: [TURN_DEG, 0], ArrowRight: [-TURN_DEG, 0], ArrowUp: [0, TURN_DEG], ArrowDown: [0, -TURN_DEG],
    };
    const turn = turns[name];
    if (turn) this.turn(...turn);
    return Boolean(turn);
  }

  /** How many degrees a pixel of dragging is. */
  get degreesPerPixel(): number {
    return this.camera.fov / Math.max(1, this.holder.clientHeight);
  }

  /** What is under a point of the page; the ground there is walked to. */
  touch(x: number, y: number): Hotspot | null {
    const frame = this.canvas.getBoundingClientRect();
    const at = new Vector2((2 * (x - frame.left)) / frame.width - 1, 1 - (2 * (y - frame.top)) / frame.height);
    this.ray.setFromCamera(at, this.camera);
    const hit = this.world ? this.ray.intersectObject(this.world, true)[0] : undefined;
    if (!hit) return null;
    const spot = hotspotOf(hit.object);
    if (!spot && hit.object.name === "ground") this.walk(hit.point);
    return spot;
  }

  private walk(to: Vector3): void {
    const place = new Vector3(to.x, this.camera.position.y, to.z);
    const away = Math.hypot(place.x, place.z);
    const most = this.reach * 0.8;
    if (away > most) place.multiply(new Vector3(most / away, 1, most / away));
    this.camera.position.copy(place);
    this.draw();
  }

  private fit(): void {
    const { clientWidth: width, clientHeight: height } = this.holder;
    if (!width || !height) return;
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.renderer.setSize(width, height);
    this.draw();
  }

  private draw(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.camera.rotation.set(this.tilt, this.heading, 0);
      this.renderer.render(this.scene, this.camera);
    });
  }
}

/** The hotspot that an object belongs to; null when it is only to be looked at. */
export function hotspotOf(object: Object3D): Hotspot | null {
  for (let at: Object3D | null = object; at; at = at.parent) if (at.userData.hotspot) return at.userData.hotspot as Hotspot;
  return null;
}
