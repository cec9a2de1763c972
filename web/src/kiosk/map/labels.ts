/**
 * Names on the plan, in pixels: rooms, shelves, services, people's places. What does not fit or would cover something
 * more important is left out until the reader zooms in.
 */

import { boxOf, type XY } from "../../client/geometry";
import type { FaceBody, PlanBody } from "../../messages";
import { type IconName, iconPath, iconOfCategory } from "../icons";
import { type Lang, nameIn } from "../state";
import { type Camera, toScreen } from "./camera";
import { kindOfUnit } from "./level";
import { el, emWidth } from "./svg";

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const touching = (a: Rect, b: Rect) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** Pixels a metre from which shelves have room for their names, and lesser things are worth showing. */
const SHELF_NAMES_FROM = 17;
const MINOR_FROM = 26;
const MINOR = /fire|rescue|defib|aed|trash|clock|seat/;

export class Labels {
  private taken: Rect[] = [];
  private readonly out: SVGElement[] = [];

  constructor(
    private readonly plan: PlanBody,
    private readonly level: number,
    private readonly lang: Lang,
    private readonly camera: Camera,
    private readonly size: readonly [number, number],
  ) {}

  /** Keep this pixel rectangle free: something lies over the plan there. */
  cover(x: number, y: number, w: number, h: number): void {
    this.taken.push({ x, y, w, h });
  }

  /** Keep this pixel square free. */
  reserve(at: XY, half: number): void {
    this.taken.push({ x: at[0] - half, y: at[1] - half, w: half * 2, h: half * 2 });
  }

  draw(goalRange: string | null, goalPin: string | null): SVGElement[] {
    const faces = this.plan.faces.filter((face) => face.level === this.level);
    for (const face of faces.filter((one) => one.range_id === goalRange)) this.face(face, true);
    this.pins(goalPin);
    this.units();
    for (const face of faces.filter((one) => one.range_id !== goalRange)) this.face(face, false);
    return this.out;
  }

  private place(rect: Rect): boolean {
    const [width, height] = this.size;
    if (rect.x + rect.w < 0 || rect.y + rect.h < 0 || rect.x > width || rect.y > height) return false;
    if (this.taken.some((other) => touching(rect, other))) return false;
    this.taken.push(rect);
    return true;
  }

  private units(): void {
    const sized = this.plan.units
      .filter((unit) => unit.level === this.level)
      .map((unit) => ({ unit, box: boxOf(unit.shape.flat(2) as unknown as XY[]) }))
      .sort((a, b) => area(b.box) - area(a.box));
    for (const { unit, box } of sized) {
      const name = nameIn(this.lang, unit.name);
      const kind = kindOfUnit(unit.category, unit.restricted);
      if (!name || ["stairs", "elevator", "escalator", "wash", "void", "solid"].includes(kind)) continue;
      const font = area(box) > 120 ? 15 : 12.5;
      const room = (box.east - box.west) * this.camera.k - 10;
      const lines = wrap(name, room / font);
      if (!lines) continue;
      const width = Math.max(...lines.map(emWidth)) * font;
      const height = lines.length * font * 1.25;
      if (height > (box.north - box.south) * this.camera.k - 4) continue;
      const [wishedX, y] = toScreen(this.camera, unit.label_at);
      const [west] = toScreen(this.camera, [box.west, box.north]);
      const [east] = toScreen(this.camera, [box.east, box.north]);
      const x = Math.max(west + width / 2 + 5, Math.min(east - width / 2 - 5, wishedX));
      const spot = [0, -1, 1, -2, 2]
        .map((step) => ({ x: x - width / 2 - 4, y: y - height / 2 + step * (height + 8), w: width + 8, h: height }))
        .find((rect, index) => (index === 0 || rect.h * 6 < (box.north - box.south) * this.camera.k) && this.place(rect));
      if (!spot) continue;
      const text = el("text", { class: `label unit-label ${kind}`, "font-size": font, "text-anchor": "middle" });
      lines.forEach((line, index) => {
        text.append(el("tspan", { x: spot.x + spot.w / 2, y: spot.y + font * (0.95 + index * 1.25) }, line));
      });
      this.out.push(text);
    }
  }

  private face(face: FaceBody, goal: boolean): void {
    const a = toScreen(this.camera, face.start);
    const b = toScreen(this.camera, face.end);
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const font = goal ? 13 : 11;
    const text = face.label;
    if (!text || (!goal && emWidth(text) * font > length - 4)) return;
    if (!goal && this.camera.k < SHELF_NAMES_FROM) return;
    let angle = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
    // The reader stands on the right of start → end, which is (−dy, dx) on a screen whose y points down.
    const right: XY = [-(b[1] - a[1]) / (length || 1), (b[0] - a[0]) / (length || 1)];
    const offset = font * 0.75 + 2;
    const x = (a[0] + b[0]) / 2 + right[0] * offset;
    const y = (a[1] + b[1]) / 2 + right[1] * offset;
    if (angle > 91) angle -= 180;
    if (angle <= -89) angle += 180;
    const along = emWidth(text) * font;
    const upright = Math.abs(angle) > 45;
    const w = upright ? font : along;
    const h = upright ? along : font;
    if (!this.place({ x: x - w / 2, y: y - h / 2, w, h })) return;
    this.out.push(
      el(
        "text",
        {
          class: `label shelf-label${goal ? " goal" : ""}`,
          "font-size": font,
          "text-anchor": "middle",
          transform: `translate(${x} ${y}) rotate(${angle}) translate(0 ${font * 0.36})`,
        },
        text,
      ),
    );
  }

  private pins(goalPin: string | null): void {
    const rooms = new Set(this.plan.units.filter((one) => one.level === this.level).map((one) => nameIn(this.lang, one.name)));
    const close = this.camera.k >= MINOR_FROM;
    const pins = this.plan.pins.filter(
      (pin) => pin.level === this.level && pin.kind !== "occupant" && (close || pin.id === goalPin || !MINOR.test(pin.category)),
    );
    const kiosk = this.plan.pins.filter((pin) => pin.level === this.level && pin.kind === "occupant" && !rooms.has(nameIn(this.lang, pin.name)));
    for (const pin of [...pins.filter((one) => one.id === goalPin), ...pins, ...kiosk]) {
      const [x, y] = toScreen(this.camera, pin.point);
      const half = this.camera.k < 9 ? 10 : 13;
      if (!this.place({ x: x - half, y: y - half, w: half * 2, h: half * 2 })) continue;
      const name = nameIn(this.lang, pin.name);
      const icon: IconName = iconOfCategory(pin.category);
      this.out.push(
        el(
          "g",
          { class: `pin${pin.id === goalPin ? " goal" : ""}`, "data-pick": `pin:${pin.id}`, transform: `translate(${x} ${y})` },
          el("title", {}, name),
          el("circle", { r: half - 1, class: "pin-disc" }),
          el("path", { d: iconPath(icon), class: "pin-icon", transform: `scale(${half / 13}) translate(-9 -9) scale(0.75)` }),
        ),
      );
      if (this.camera.k < 20 || !name) continue;
      const width = emWidth(name) * 12;
      if (this.place({ x: x - width / 2, y: y + half + 1, w: width, h: 15 })) {
        this.out.push(el("text", { class: "label pin-label", x, y: y + half + 13, "font-size": 12, "text-anchor": "middle" }, name));
      }
    }
  }
}

const area = (box: { west: number; east: number; south: number; north: number }) =>
  (box.east - box.west) * (box.north - box.south);

/** The name in one or two lines of at most `ems`; null when it does not fit. */
export function wrap(name: string, ems: number): string[] | null {
  if (emWidth(name) <= ems) return [name];
  const breaks = [...name.matchAll(/\s+/g)].map((found) => found.index);
  const cuts = breaks.length ? breaks : /[\u4e00-\u9fff]/.test(name) ? [Math.ceil(name.length / 2)] : [];
  const best = cuts
    .map((at) => [name.slice(0, at).trim(), name.slice(at).trim()])
    .sort((a, b) => Math.max(...a.map(emWidth)) - Math.max(...b.map(emWidth)))[0];
  return best && Math.max(...best.map(emWidth)) <= ems ? best : null;
}
