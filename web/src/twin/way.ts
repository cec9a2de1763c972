/** A route as a line in the model: from corners in the plan's metres to a ribbon a hand above the floor. */

import { CatmullRomCurve3, CurvePath, LineCurve3, Mesh, MeshBasicMaterial, TubeGeometry, Vector3 } from "three";

const ABOVE_M = 0.12;
const THICK_M = 0.09;

/** Corners of the way in the model's axes: (east, elevation, −north). Unknown levels lie on the ground. */
export function placesOf(
  points: readonly (readonly [number, number, number])[],
  elevations: ReadonlyMap<number, number>,
): Vector3[] {
  const places = points.map(([east, north, level]) => new Vector3(east, (elevations.get(level) ?? 0) + ABOVE_M, -north));
  return places.filter((place, index) => index === 0 || place.distanceTo(places[index - 1] as Vector3) > 0.01);
}

/** The way as a tube; null when there is nothing to draw. */
export function drawWay(places: readonly Vector3[], color: string): Mesh | null {
  if (places.length < 2) return null;
  const path = new CurvePath<Vector3>();
  for (let index = 1; index < places.length; index += 1) {
    path.add(new LineCurve3(places[index - 1] as Vector3, places[index] as Vector3));
  }
  const length = path.getLength();
  const steps = Math.min(1200, Math.max(8, Math.ceil(length * 3)));
  const smooth = new CatmullRomCurve3(path.getSpacedPoints(steps), false, "catmullrom", 0.1);
  return new Mesh(new TubeGeometry(smooth, steps, THICK_M, 6), new MeshBasicMaterial({ color, toneMapped: false }));
}
