/** Plane geometry for the drawn plan. Coordinates are [east, north] in metres. */

import type { PlanBody } from "../messages";

export type XY = readonly [number, number];
type Shape = readonly (readonly (readonly XY[])[])[];

export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export const EMPTY_BOX: Box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };

export function grow(box: Box, [x, y]: XY): Box {
  return {
    west: Math.min(box.west, x),
    south: Math.min(box.south, y),
    east: Math.max(box.east, x),
    north: Math.max(box.north, y),
  };
}

export function boxOf(points: Iterable<XY>): Box {
  let box = EMPTY_BOX;
  for (const point of points) box = grow(box, point);
  return box;
}

export function padded(box: Box, by: number): Box {
  return { west: box.west - by, south: box.south - by, east: box.east + by, north: box.north + by };
}

/** Even-odd test over all rings, so that holes are outside. */
export function inside(shape: Shape, [x, y]: XY): boolean {
  let odd = false;
  for (const ring of shape.flat()) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i] as XY;
      const [xj, yj] = ring[j] as XY;
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
    }
  }
  return odd;
}

/** Whether two segments cross or touch. */
export function crosses(a: XY, b: XY, c: XY, d: XY): boolean {
  const side = (p: XY, q: XY, r: XY) => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
  return side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0;
}

/** Whether a segment meets an edge of the shape. */
export function meets(shape: Shape, a: XY, b: XY): boolean {
  return shape.flat().some((ring) => ring.some((point, i) => i > 0 && crosses(a, b, ring[i - 1] as XY, point)));
}

/** The four corners of a shelf: its face and `depth` metres behind it (the reader is on the right of start → end). */
export function shelfQuad(start: XY, end: XY, depth: number): [XY, XY, XY, XY] {
  const length = Math.hypot(end[0] - start[0], end[1] - start[1]) || 1;
  const left: XY = [(-(end[1] - start[1]) / length) * depth, ((end[0] - start[0]) / length) * depth];
  return [start, end, [end[0] + left[0], end[1] + left[1]], [start[0] + left[0], start[1] + left[1]]];
}

/** The stretch of a face that bay `bay` (from 1) takes. */
export function baySpan(start: XY, end: XY, bays: number, bay: number): [XY, XY] {
  const at = (part: number): XY => [start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part];
  const count = Math.max(1, bays);
  const index = Math.max(1, Math.min(count, bay));
  return [at((index - 1) / count), at(index / count)];
}

/** Whether a point lies in a room one can stand in, beside the furniture. */
export function isInRoom(plan: PlanBody, level: number, at: XY): boolean {
  const room = plan.units.some(
    (unit) => unit.level === level && !/opentobelow|column|wall|escalator/.test(unit.category) && inside(unit.shape, at),
  );
  return room && !plan.fixtures.some((thing) => thing.level === level && inside(thing.shape, at));
}

/** Whether one can walk straight from a to b on this level: same room all the way, no furniture between. */
export function walkable(plan: PlanBody, level: number, a: XY, b: XY): boolean {
  const room = plan.units.find((unit) => unit.level === level && inside(unit.shape, a));
  if (!room || !inside(room.shape, b) || meets(room.shape, a, b)) return false;
  const things = plan.fixtures.filter((fixture) => fixture.level === level);
  if (things.some((thing) => inside(thing.shape, b) || meets(thing.shape, a, b))) return false;
  return !plan.faces.some((face) => {
    if (face.level !== level) return false;
    const quad = shelfQuad(face.start, face.end, 0.4);
    return quad.some((corner, i) => crosses(a, b, corner, quad[(i + 1) % 4] as XY));
  });
}
