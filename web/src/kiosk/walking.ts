/** The "walk" control: a simulated reader who follows the way, may leave it, and takes up the new one. */

import { isInRoom, walkable } from "../client/geometry";
import { type Corner, type Spot, stepAside, Walker, WALKING_SPEED } from "../client/walker";
import type { App } from "./app";
import type { Guiding } from "./state";

const LONGEST_FRAME_S = 0.1;
/** So far from the way that guidance cannot take it for walking beside it. */
const ASIDE_M = 4.4;
const PATIENCE_S = 5;

export class Walking {
  private walker: Walker | null = null;
  /** The way that is being walked: its request and revision. */
  private way = "";
  private before = 0;
  private stoodAside_s = 0;

  constructor(private readonly app: App) {}

  toggle(): void {
    const { walk, guiding } = this.app.state;
    if (!guiding || guiding.arrived) return;
    this.walker = null;
    this.app.store.set({ walk: { ...walk, running: !walk.running, aside: false } });
  }

  setSpeed(speed: 1 | 4): void {
    this.app.store.set(({ walk }) => ({ walk: { ...walk, speed } }));
  }

  /** Step aside so that guidance has to find a new way. */
  leave(): void {
    const { here, plan, guiding } = this.app.state;
    if (!here || !plan || !guiding) return;
    const from: [number, number] = [here.east_m, here.north_m];
    const away = (to: Spot) => distanceTo(guiding.route.points, to) >= ASIDE_M;
    const free = (to: Spot) => away(to) && walkable(plan, here.level, from, [to.east_m, to.north_m]);
    // In a place too narrow to step aside, on an escalator say, the simulated reader is set down beside it.
    const beside = (to: Spot) => away(to) && isInRoom(plan, here.level, [to.east_m, to.north_m]);
    const to = stepAside(here, free) ?? stepAside(here, beside);
    if (!to) return;
    this.stoodAside_s = 0;
    this.walker = new Walker([[to.east_m, to.north_m, to.level]], here);
    this.way = wayOf(guiding);
    this.app.store.set(({ walk }) => ({ walk: { ...walk, running: true, aside: true } }));
  }

  private resume(): void {
    this.walker = null;
    this.app.store.set(({ walk }) => ({ walk: { ...walk, aside: false } }));
  }

  /** On every animation frame; `now` in milliseconds. */
  tick(now: number): void {
    const passed = Math.min((now - this.before) / 1000, LONGEST_FRAME_S);
    this.before = now;
    const { walk, guiding, here } = this.app.state;
    if (!walk.running || !guiding || !here) {
      this.walker = null;
      return;
    }
    if (!this.walker || wayOf(guiding) !== this.way) {
      this.way = wayOf(guiding);
      this.walker = new Walker(ahead(guiding.route.points, here), here);
    }
    if (this.walker.finished) {
      // Nobody has found a new way: go back to the old one.
      if (walk.aside && (this.stoodAside_s += passed) > PATIENCE_S) {
        this.resume();
        return;
      }
      // Stand still, but stay heard: the server decides when the reader has arrived or needs a new way.
      this.app.moveTo(this.walker.at, false);
      return;
    }
    const spot = this.walker.advance(passed, WALKING_SPEED * walk.speed);
    this.app.moveTo(spot, this.walker.finished);
  }
}

/** Metres from a spot to the way on its level. */
function distanceTo(points: readonly Corner[], spot: Spot): number {
  const at = nearest(points, spot);
  return at ? at.distance : Infinity;
}

const wayOf = (guiding: Guiding) => `${guiding.of}/${guiding.revision}`;

/** The corners still to be walked from here: those after the nearest stretch of the way on this level. */
export function ahead(points: readonly Corner[], here: Spot): readonly Corner[] {
  return points.slice(nearest(points, here)?.index ?? 0);
}

/** The nearest stretch of the way on the level of `here`: the index of its end, and how far it is. */
function nearest(points: readonly Corner[], here: Spot): { index: number; distance: number } | null {
  let best: { index: number; distance: number } | null = null;
  for (let i = 1; i < points.length; i++) {
    const [ax, ay, al] = points[i - 1] as Corner;
    const [bx, by, bl] = points[i] as Corner;
    if (al !== here.level || bl !== here.level) continue;
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const part = length ? ((here.east_m - ax) * (bx - ax) + (here.north_m - ay) * (by - ay)) / length : 0;
    const t = Math.max(0, Math.min(1, part));
    const distance = Math.hypot(ax + (bx - ax) * t - here.east_m, ay + (by - ay) * t - here.north_m);
    if (!best || distance < best.distance) best = { index: i, distance };
  }
  return best;
}
