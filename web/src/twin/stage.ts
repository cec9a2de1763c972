/** Light, camera and drawing of the 3-D view. It draws when something changed, not all the time. */

import {
  ACESFilmicToneMapping, AmbientLight, Box3, BoxGeometry, Color, DirectionalLight, HemisphereLight, type Intersection, Mesh,
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
  private moving: (() => boolean) | null = null;

  /** Raises when the browser has no WebGL. */
  constructor(
    private readonly holder: HTMLElement,
    private readonly model: TwinModel,
    label: string,
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
    this.renderer.domElement.tabIndex = 0;
    this.renderer.domElement.setAttribute("role", "application");
    this.renderer.domElement.setAttribute("aria-label", label);
    this.controls.listenToKeyEvents(this.renderer.domElement);
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

  /** Add something to be drawn. */
  add(thing: Object3D): void {
    this.scene.add(thing);
    this.draw();
  }

  /** Draw on as long as `step`, called before each frame, says that something moves. */
  animate(step: () => boolean): void {
    this.moving = step;
    this.draw();
  }

  /** What the camera looks at, in the model's axes. */
  get target(): Vector3 {
    return this.controls.target;
  }

  /** Where the camera looks to, degrees clockwise from map north. */
  get headingDeg(): number {
    const to = this.controls.target.clone().sub(this.camera.position);
    return ((Math.atan2(to.x, -to.z) * 180) / Math.PI + 360) % 360;
  }

  /** Look at a place, from where one looks now but near. */
  lookAt(x: number, y: number, z: number): void {
    const offset = this.camera.position.clone().sub(this.controls.target).setLength(12);
    this.aim(new Vector3(x, y, z), offset.setY(Math.max(offset.y, 6)));
  }

  /** The place of the building under a point of the page; null beside it. */
  place(x: number, y: number): Vector3 | null {
    return this.cast(x, y)?.point ?? null;
  }

  /** The shelf and bay under a point of the page. */
  pick(x: number, y: number): { rangeId: string; bay: number } | null {
    const hit = this.cast(x, y);
    return hit ? shelfAt(hit, this.model) : null;
  }

  private cast(x: number, y: number): Intersection | undefined {
    const frame = this.renderer.domElement.getBoundingClientRect();
    const at = new Vector2((2 * (x - frame.left)) / frame.width - 1, 1 - (2 * (y - frame.top)) / frame.height);
    this.ray.setFromCamera(at, this.camera);
    const shown = [...this.model.levels.values()].filter((level) => level.visible);
    return this.ray.intersectObjects(shown, true).find((one) => !isSeeThrough(one.object));
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
      const moves = this.moving?.() ?? false;
      this.renderer.render(this.scene, this.camera);
      if (moves) this.draw();
    });
  }
}

function isSeeThrough(object: Object3D): boolean {
  const look = (object as Mesh).material;
  return !Array.isArray(look) && Boolean(look?.transparent);
}
