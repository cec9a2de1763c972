/** The way on the plan: its line on the level shown, what has been walked of it, and where it changes level. */

import type { XY } from "../../client/geometry";
import type { Corner, Spot } from "../../client/walker";
import type { RouteBody } from "../../messages";
import { type IconName, iconPath } from "../icons";
import { type Camera, toScreen } from "./camera";
import { el, emWidth, pathOfLine } from "./svg";

export interface Crossing {
  readonly at: XY;
  readonly from: number;
  readonly to: number;
  readonly icon: IconName;
}

/** The stretches of the way that lie on this level. */
export function stretches(points: readonly Corner[], level: number): XY[][] {
  const found: XY[][] = [];
  let open: XY[] = [];
  for (const [east, north, ordinal] of points) {
    if (ordinal === level) {
      open.push([east, north]);
    } else if (open.length) {
      found.push(open);
      open = [];
    }
  }
  if (open.length) found.push(open);
  return found;
}

/** Where the way leaves one level for another, with what takes one there. */
export function crossings(route: RouteBody): Crossing[] {
  const found: Crossing[] = [];
  for (let i = 1; i < route.points.length; i++) {
    const [east, north, from] = route.points[i - 1] as Corner;
    const to = (route.points[i] as Corner)[2];
    if (from === to) continue;
    const step = route.steps
      .filter((one) => one.level === from && /stairs|elevator|escalator|lift|ramp/.test(one.kind))
      .sort((a, b) => away(a, east, north) - away(b, east, north))[0];
    const kind = step?.kind ?? "";
    const icon: IconName = /elevator|lift/.test(kind) ? "elevator" : /escalator/.test(kind) ? "escalator" : "stairs";
    const last = found.at(-1);
    // A ride past several levels is one crossing.
    if (last && last.to === from && Math.hypot(last.at[0] - east, last.at[1] - north) < 1) {
      found[found.length - 1] = { ...last, to };
    } else found.push({ at: [east, north], from, to, icon });
  }
  return found;
}

const away = (step: { east_m: number; north_m: number }, east: number, north: number) =>
  Math.hypot(step.east_m - east, step.north_m - north);

/** The part of a stretch before the point of it that is nearest to the reader. */
export function walkedPart(line: readonly XY[], here: Spot): XY[] {
  let best: XY[] = [];
  let least = Infinity;
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1] as XY;
    const b = line[i] as XY;
    const length = (b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2;
    const part = length ? ((here.east_m - a[0]) * (b[0] - a[0]) + (here.north_m - a[1]) * (b[1] - a[1])) / length : 0;
    const t = Math.max(0, Math.min(1, part));
    const at: XY = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
    const distance = Math.hypot(at[0] - here.east_m, at[1] - here.north_m);
    if (distance < least) {
      least = distance;
      best = [...line.slice(0, i), at];
    }
  }
  return best;
}

/** The first part of lines, by length; `part` from 0 to 1. */
export function firstPart(lines: readonly (readonly XY[])[], part: number): XY[][] {
  const all = lines.reduce((sum, line) => sum + lengthOf(line), 0);
  let left = all * part;
  const found: XY[][] = [];
  for (const line of lines) {
    const taken: XY[] = line.slice(0, 1);
    for (let i = 1; i < line.length && left > 0; i++) {
      const a = line[i - 1] as XY;
      const b = line[i] as XY;
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      const t = length > left ? left / length : 1;
      taken.push([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
      left -= length;
    }
    if (taken.length > 1) found.push(taken);
    if (left <= 0) break;
  }
  return found;
}

const lengthOf = (line: readonly XY[]) =>
  line.reduce((sum, point, i) => (i ? sum + Math.hypot(point[0] - (line[i - 1] as XY)[0], point[1] - (line[i - 1] as XY)[1]) : 0), 0);

const DRAW_MS = 900;

export class RouteLayer {
  readonly lines = el("g", { class: "route-lines" });
  readonly marks = el("g", { class: "route-marks" });
  private drawn = "";
  private walked: SVGPathElement | null = null;
  private growing: { lines: XY[][]; path: SVGPathElement; casing: SVGPathElement; start: number } | null = null;

  /** Redraw the line when the way or the level changed; `key` names them. */
  draw(route: RouteBody | null, level: number, key: string, preview: boolean): void {
    if (key === this.drawn) return;
    this.drawn = key;
    this.lines.replaceChildren();
    this.walked = null;
    this.growing = null;
    if (!route) return;
    const lines = stretches(route.points, level);
    const d = lines.map((line) => pathOfLine(line)).join("");
    if (!d) return;
    this.walked = el("path", { class: "route-walked", d: "" });
    const casing = el("path", { class: "route-casing", d });
    const path = el("path", { class: `route${preview ? " preview" : ""}`, d, "data-testid": "route" });
    this.lines.append(casing, path, this.walked);
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.growing = { lines, path, casing, start: performance.now() };
    }
  }

  /** Let a new way grow from its start; `now` in milliseconds. */
  tick(now: number): void {
    if (!this.growing) return;
    const { lines, path, casing, start } = this.growing;
    const part = Math.max(0.02, Math.min(1, (now - start) / DRAW_MS));
    const d = firstPart(lines, 1 - (1 - part) ** 2).map((line) => pathOfLine(line)).join("");
    path.setAttribute("d", d);
    casing.setAttribute("d", d);
    if (part === 1) this.growing = null;
  }

  drawWalked(route: RouteBody | null, level: number, here: Spot | null): void {
    if (!this.walked) return;
    const line = route && here?.level === level ? stretches(route.points, level) : [];
    const parts = line.map((one) => walkedPart(one, here as Spot));
    this.walked.setAttribute("d", parts.map((one) => pathOfLine(one)).join(""));
  }

  /** The marks of stairs and lifts, in pixels; returns the pixel squares they take. */
  drawMarks(route: RouteBody | null, level: number, camera: Camera, names: (to: number) => string): XY[] {
    this.marks.replaceChildren();
    const places: XY[] = [];
    for (const crossing of route ? crossings(route) : []) {
      if (crossing.from !== level) continue;
      const [x, y] = toScreen(camera, crossing.at);
      const text = names(crossing.to);
      const width = emWidth(text) * 14 + 50;
      this.marks.append(
        el(
          "g",
          { class: "crossing", "data-level": crossing.to, transform: `translate(${x} ${y - 34})`, "data-testid": "crossing" },
          el("rect", { x: -width / 2, y: -18, width, height: 36, rx: 18 }),
          el("path", { d: "M-7 17 0 26 7 17Z", class: "stem" }),
          el("path", { d: iconPath(crossing.icon), class: "crossing-icon", transform: `translate(${-width / 2 + 10} -10) scale(0.84)` }),
          el("text", { x: -width / 2 + 36, y: 5, "font-size": 14 }, text),
        ),
      );
      places.push([x, y - 34]);
    }
    return places;
  }
}
