/** Other people, pins and notes in the 3-D view: figures that glide to where they are told, and names above them. */

import {
  CanvasTexture, CapsuleGeometry, CircleGeometry, ConeGeometry, Group, Mesh, MeshBasicMaterial, MeshStandardMaterial,
  PlaneGeometry, Sprite, SpriteMaterial, Vector3,
} from "three";
import type { Company } from "../client/company";
import { SEAL } from "./stage";

const GLIDE = 0.18;
const NEAR_M = 0.01;
const JUMP_M = 5;
const COLOURS: Record<string, string> = { reader: "#4a6f7d", robot: "#71827b", staff: "#2c6148", librarian: "#8a6742" };

export class Figures {
  readonly group = new Group();
  private readonly people = new Map<number, Group>();
  private readonly marks = new Map<string, Group>();

  constructor(private readonly elevations: ReadonlyMap<number, number>) {}

  /** Show what is known now; `upTo`: the highest level shown, null for all. */
  show(company: Company, upTo: number | null): void {
    for (const [number, figure] of this.people) if (!company.seen.has(number)) this.drop(this.people, number, figure);
    for (const [number, { pose, level }] of company.seen) {
      const name = company.nameOf(number);
      let figure = this.people.get(number);
      if (figure && figure.userData.name !== name) this.drop(this.people, number, figure);
      figure = this.people.get(number) ?? this.add(this.people, number, person(name, pose.role, pose.virtual));
      const goal = this.place(pose.eastM, pose.northM, level);
      if (!figure.userData.goal || figure.position.distanceTo(goal) > JUMP_M) figure.position.copy(goal);
      figure.userData = { ...figure.userData, name, goal };
      if (pose.headingDeg !== null) figure.rotation.y = (-pose.headingDeg * Math.PI) / 180;
      figure.visible = upTo === null || level <= upTo;
    }
    const wanted = new Map<string, () => { mark: Group; at: Vector3; level: number }>();
    for (const [key, pin] of company.pins) {
      wanted.set(`pin ${key}`, () => ({ mark: pinMark(pin.text || pin.name), at: this.place(pin.east_m, pin.north_m, pin.level), level: pin.level }));
    }
    for (const [id, note] of company.notes) {
      wanted.set(`note ${id}`, () => ({ mark: noteMark(note.kind === "exhibit"), at: this.place(note.east_m, note.north_m, note.level), level: note.level }));
    }
    for (const [key, mark] of this.marks) if (!wanted.has(key)) this.drop(this.marks, key, mark);
    for (const [key, make] of wanted) {
      const known = this.marks.get(key);
      if (!known) {
        const { mark, at, level } = make();
        mark.position.copy(at);
        mark.userData.level = level;
        this.add(this.marks, key, mark);
      }
      const mark = this.marks.get(key) as Group;
      mark.visible = upTo === null || mark.userData.level <= upTo;
    }
  }

  /** Let everybody glide on; whether anybody still moves. */
  glide(): boolean {
    let moving = false;
    for (const figure of this.people.values()) {
      const goal = figure.userData.goal as Vector3;
      if (figure.position.distanceTo(goal) < NEAR_M) continue;
      figure.position.lerp(goal, GLIDE);
      moving = true;
    }
    return moving;
  }

  private place(east: number, north: number, level: number): Vector3 {
    return new Vector3(east, this.elevations.get(level) ?? 0, -north);
  }

  private add<K>(kept: Map<K, Group>, key: K, one: Group): Group {
    kept.set(key, one);
    this.group.add(one);
    return one;
  }

  private drop<K>(kept: Map<K, Group>, key: K, one: Group): void {
    one.removeFromParent();
    one.traverse((part) => {
      if (part instanceof Mesh) part.geometry.dispose();
      if (part instanceof Mesh || part instanceof Sprite) {
        part.material.map?.dispose();
        part.material.dispose();
      }
    });
    kept.delete(key);
  }
}

function person(name: string, role: string, virtual: boolean): Group {
  const group = new Group();
  const ghost = { transparent: virtual, opacity: virtual ? 0.6 : 1 };
  const cloth = new MeshStandardMaterial({ color: COLOURS[role] ?? "#4a6f7d", roughness: 0.8, ...ghost });
  const body = new Mesh(new CapsuleGeometry(0.24, 0.85, 6, 16).translate(0, 0.72, 0), cloth);
  const head = new Mesh(new CapsuleGeometry(0.14, 0.06, 6, 16).translate(0, 1.55, 0), new MeshStandardMaterial({ color: "#e8c9ab", ...ghost }));
  const nose = new Mesh(new ConeGeometry(0.05, 0.16, 8).rotateX(-Math.PI / 2).translate(0, 1.55, -0.17), cloth);
  const shade = new Mesh(new CircleGeometry(0.34, 24).rotateX(-Math.PI / 2).translate(0, 0.02, 0), new MeshBasicMaterial({ color: "#17252a", transparent: true, opacity: 0.18 }));
  group.add(body, head, nose, shade);
  if (name) group.add(label(name, 2.05));
  return group;
}

function pinMark(text: string): Group {
  const group = new Group();
  const red = new MeshStandardMaterial({ color: SEAL, roughness: 0.5 });
  // Above the furniture, on a thin stem down to the place itself.
  group.add(new Mesh(new CapsuleGeometry(0.02, 1.3, 4, 8).translate(0, 0.67, 0), red));
  group.add(new Mesh(new ConeGeometry(0.2, 0.6, 20).rotateX(Math.PI).translate(0, 1.6, 0), red));
  group.add(new Mesh(new CapsuleGeometry(0.2, 0.02, 6, 20).translate(0, 1.96, 0), red));
  if (text) group.add(label(text, 2.5));
  return group;
}

function noteMark(exhibit: boolean): Group {
  const group = new Group();
  const paper = new MeshStandardMaterial({ color: exhibit ? "#b08b62" : "#f2e6b8", roughness: 0.9, side: 2 });
  group.add(new Mesh(new PlaneGeometry(0.34, 0.42).rotateX(-0.5).translate(0, 1.1, 0), paper));
  group.add(new Mesh(new CapsuleGeometry(0.015, 0.9, 4, 8).translate(0, 0.5, 0), new MeshStandardMaterial({ color: "#71827b" })));
  return group;
}

/** A name on a small plate that always faces the camera. */
function label(text: string, height: number): Sprite {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
  const font = '600 44px "Noto Sans", "Noto Sans CJK SC", sans-serif';
  pen.font = font;
  const shown = text.length > 24 ? `${text.slice(0, 23)}…` : text;
  canvas.width = Math.ceil(pen.measureText(shown).width) + 44;
  canvas.height = 72;
  pen.font = font;
  pen.fillStyle = "#fbfcf8";
  pen.beginPath();
  pen.roundRect(0, 0, canvas.width, canvas.height, 20);
  pen.fill();
  pen.fillStyle = "#17252a";
  pen.textBaseline = "middle";
  pen.fillText(shown, 22, 38);
  const sprite = new Sprite(new SpriteMaterial({ map: new CanvasTexture(canvas), depthTest: false, toneMapped: false }));
  sprite.scale.set((0.32 * canvas.width) / canvas.height, 0.32, 1);
  sprite.position.y = height;
  return sprite;
}
