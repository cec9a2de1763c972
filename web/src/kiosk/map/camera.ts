/** From map metres to pixels of the plan, and back; pan and zoom about a point. */

import type { Box, XY } from "../../client/geometry";

export interface Camera {
  /** Pixels a metre. */
  readonly k: number;
  /** Pixel of the map origin. */
  readonly x: number;
  readonly y: number;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Free space to keep at the top, right, bottom, left, pixels. */
  readonly inset: readonly [number, number, number, number];
}

export function toScreen(camera: Camera, [east, north]: XY): [number, number] {
  return [east * camera.k + camera.x, -north * camera.k + camera.y];
}

export function toMap(camera: Camera, [x, y]: XY): [number, number] {
  return [(x - camera.x) / camera.k, (camera.y - y) / camera.k];
}

/** The camera that shows this box in the free part of the frame. */
export function fit(box: Box, frame: Frame, longestK = Infinity): Camera {
  const [top, right, bottom, left] = frame.inset;
  const width = Math.max(40, frame.width - left - right);
  const height = Math.max(40, frame.height - top - bottom);
  const k = Math.min(width / Math.max(0.1, box.east - box.west), height / Math.max(0.1, box.north - box.south), longestK);
  return {
    k,
    x: left + width / 2 - ((box.west + box.east) / 2) * k,
    y: top + height / 2 + ((box.south + box.north) / 2) * k,
  };
}

/** Zoom by `factor` about a pixel, within the limits. */
export function zoomAt(camera: Camera, factor: number, [x, y]: XY, limits: readonly [number, number]): Camera {
  const k = Math.max(limits[0], Math.min(limits[1], camera.k * factor));
  const f = k / camera.k;
  return { k, x: x - (x - camera.x) * f, y: y - (y - camera.y) * f };
}

export function panBy(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x + dx, y: camera.y + dy };
}

/** A camera between two: zoom grows evenly, the middle of the frame moves straight. */
export function between(from: Camera, to: Camera, part: number, frame: Frame): Camera {
  const centre: XY = [frame.width / 2, frame.height / 2];
  const a = toMap(from, centre);
  const b = toMap(to, centre);
  const k = from.k * (to.k / from.k) ** part;
  const at: XY = [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
  return { k, x: centre[0] - at[0] * k, y: centre[1] + at[1] * k };
}
