/**
 * A reader who walks, for showing guidance without glasses. Pure: the caller owns the clock and sends the poses.
 * Metres, seconds, map frame; heading in degrees clockwise from map north.
 */

export interface Spot {
  readonly east_m: number;
  readonly north_m: number;
  readonly level: number;
  readonly heading_deg: number | null;
}

export type Corner = readonly [number, number, number];

export const WALKING_SPEED = 1.4;
/** Seconds spent between two levels. */
export const CROSSING_S = 4;

export class Walker {
  private index = 0;
  private crossing_s = 0;

  constructor(
    private readonly corners: readonly Corner[],
    private spot: Spot,
  ) {}

  get at(): Spot {
    return this.spot;
  }

  get finished(): boolean {
    return this.index >= this.corners.length;
  }

  /** Walk on for `seconds` at `speed` metres a second. */
  advance(seconds: number, speed = WALKING_SPEED): Spot {
    let left = seconds * speed;
    while (left > 1e-9) {
      const next = this.corners[this.index];
      if (!next) break;
      const [east, north, level] = next;
      if (level !== this.spot.level) {
        this.crossing_s += left / speed;
        const needed = (CROSSING_S * WALKING_SPEED) / speed;
        if (this.crossing_s < needed) break;
        left = (this.crossing_s - needed) * speed;
        this.crossing_s = 0;
        this.spot = { east_m: east, north_m: north, level, heading_deg: this.spot.heading_deg };
        this.index += 1;
        continue;
      }
      const de = east - this.spot.east_m;
      const dn = north - this.spot.north_m;
      const distance = Math.hypot(de, dn);
      if (distance < 1e-6) {
        this.index += 1;
        continue;
      }
      const part = Math.min(1, left / distance);
      this.spot = {
        east_m: this.spot.east_m + de * part,
        north_m: this.spot.north_m + dn * part,
        level,
        heading_deg: headingOf(de, dn),
      };
      left -= distance * part;
      if (part === 1) this.index += 1;
    }
    return this.spot;
  }
}

/** Degrees clockwise from north of a step east and north. */
export function headingOf(east: number, north: number): number {
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}

/**
 * Where to step when leaving the path: the candidate end that is free and farthest from the path's direction.
 * `free(from, to)` says whether one can walk straight there; null when there is no room.
 */
export function stepAside(from: Spot, free: (to: Spot) => boolean): Spot | null {
  const heading = from.heading_deg ?? 0;
  for (const distance of [7, 5.5, 4.5]) {
    for (const turn of [90, -90, 120, -120, 60, -60, 150, -150, 180]) {
      const angle = ((heading + turn) * Math.PI) / 180;
      const to: Spot = {
        east_m: from.east_m + Math.sin(angle) * distance,
        north_m: from.north_m + Math.cos(angle) * distance,
        level: from.level,
        heading_deg: (heading + turn + 360) % 360,
      };
      if (free(to)) return to;
    }
  }
  return null;
}
