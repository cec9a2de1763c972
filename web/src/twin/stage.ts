/** Light, camera and drawing of the 3-D view. It draws when something changed, not all the time. */

import {
  ACESFilmicToneMapping, AmbientLight, Box3, BoxGeometry, Color, DirectionalLight, HemisphereLight, Mesh,
  MeshBasicMaterial, type Object3D, PerspectiveCamera, Raycaster, Scene, Vector2, Vector3, WebGLRenderer,
} from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import { bayBox, type ShelfCopy, shelfAt, type TwinModel } from "./model";

export const SEAL = "#ad3522";

export class Stage {
  private readonly renderer = new WebGLRenderer({ antialias: true });
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(42, 1, 0.1, 1000);
  private readonly controls: OrbitControls;
  private readonly ray = new Raycaster();
  private marked: Mesh | null = null;
  private way: Object3D | null = null;
  private waiting = false;

  /** Raises when the browser has no WebGL. */
  constructor(
    private readonly holder: HTMLElement,
    private readonly model: TwinModel,
  ) {
    this.renderer.toneMapping = ACESFilmicToneMapping;
    this.renderer.toneMappingExposure = 1.15;
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
    holder.append(this.renderer.domElement);
    this.scene.background = new Color("#dfe7e2");
    const sun = new DirectionalLight("#fff1dd", 1.9);
    sun.position.set(30, 60, 40);
    this.scene.add(sun, new HemisphereLight("#ffffff", "#b9b1a0", 1.5), new AmbientLight("#ffffff", 0.35), model.scene);
    this.controls = new OrbitControls(this.camera, this.renderer.domElement);
    this.controls.maxPolarAngle = Math.PI / 2 - 0.05;
    this.controls.addEventListener("change", () => this.draw());
    new ResizeObserver(() => this.fit()).observe(holder);
    this.lookAtAll();
  }

  /** Show the levels up to this one; all of them for null. */
  showUpTo(ordinal: number | null): void {
    for (const [level, node] of this.model.levels) node.visible = ordinal === null || level <= ordinal;
    this.draw();
  }

  /** The camera sees the whole building. */
  lookAtAll(): void {
    const box = new Box3().setFromObject(this.model.scene);
    const size = box.getSize(new Vector3());
    const far = Math.max(size.x, size.z, 10);
    this.aim(box.getCenter(new Vector3()), new Vector3(0.45 * far, 0.65 * far, 0.75 * far));
  }

  /** Mark a shelf or one bay of it, and go there; null marks nothing. */
  mark(shelf: ShelfCopy | null, bay: number | null): void {
    this.marked?.removeFromParent();
    this.marked = null;
    if (shelf) {
      const { middle, size } = bayBox(shelf, bay);
      const look = new MeshBasicMaterial({ color: SEAL, transparent: true, opacity: 0.45, toneMapped: false });
      this.marked = new Mesh(new BoxGeometry(size.x, size.y, size.z).translate(middle.x, middle.y, middle.z), look);
      this.marked.applyMatrix4(shelf.matrix);
      this.scene.add(this.marked);
      const spot = middle.clone().applyMatrix4(shelf.matrix);
      const reader = new Vector3(0, 0, 1).transformDirection(shelf.matrix);
      this.aim(spot, reader.multiplyScalar(7).add(new Vector3(0, 8, 0)));
    }
    this.draw();
  }

  /** Draw a way instead of the one before. */
  lead(way: Object3D | null): void {
    this.way?.removeFromParent();
    this.way = way;
    if (way) this.scene.add(way);
    this.draw();
  }

  /** The shelf and bay under a point of the page. */
  pick(x: number, y: number): { rangeId: string; bay: number } | null {
    const frame = this.renderer.domElement.getBoundingClientRect();
    const at = new Vector2((2 * (x - frame.left)) / frame.width - 1, 1 - (2 * (y - frame.top)) / frame.height);
    this.ray.setFromCamera(at, this.camera);
    const shown = [...this.model.levels.values()].filter((level) => level.visible);
    const hit = this.ray.intersectObjects(shown, true).find((one) => !isSeeThrough(one.object));
    return hit ? shelfAt(hit, this.model) : null;
  }

  private aim(target: Vector3, offset: Vector3): void {
    this.controls.target.copy(target);
    this.camera.position.copy(target).add(offset);
    this.controls.update();
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
      this.renderer.render(this.scene, this.camera);
    });
  }
}

function isSeeThrough(object: Object3D): boolean {
  const look = (object as Mesh).material;
  return !Array.isArray(look) && Boolean(look?.transparent);
}
