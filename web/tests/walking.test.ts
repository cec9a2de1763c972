import { describe, expect, it } from "vitest";
import { Store } from "../src/client/store";
import type { App } from "../src/kiosk/app";
import type { Spot } from "../src/client/walker";
import { firstState, type State } from "../src/kiosk/state";
import { Walking } from "../src/kiosk/walking";
import type { PlanBody, RouteBody, UnitBody } from "../src/messages";

const box = (w: number, s: number, e: number, n: number): [number, number][][][] => [[[[w, s], [e, s], [e, n], [w, n], [w, s]]]];
const unit = (id: string, category: string, shape: [number, number][][][]): UnitBody => ({
  id, level: 0, category, name: {}, restricted: false, shape, label_at: [0, 0],
});

const plan: PlanBody = {
  revision: "1", name: {}, levels: [], openings: [], fixtures: [], pins: [], faces: [],
  units: [unit("narrow", "escalator", box(-0.75, 0, 0.75, 12)), unit("hall", "lobby", box(-20, -10, -0.75, 20)), unit("east", "room", box(0.75, -10, 20, 20))],
};
const route: RouteBody = {
  length_m: 24, duration_s: 17, levels: [0, 1], reason: null, start_moved_m: 0, goal_moved_m: 0, steps: [],
  points: [[0, -9, 0], [0, 6, 0], [0, 6, 1], [0, 12, 1]],
};

function stand(here: Spot) {
  const store = new Store<State>({
    ...firstState("en"),
    plan,
    here,
    guiding: { of: "g", revision: 1, reason: "start", goal: {}, rangeId: null, bay: null, route, progress: null, due: 0, arrived: null },
  });
  const app = {
    store,
    get state() {
      return store.state;
    },
    moveTo: (spot: Spot) => store.set({ here: spot }),
  };
  const walking = new Walking(app as unknown as App);
  let now = 0;
  const pass = (seconds: number) => {
    for (let i = 0; i < seconds * 20; i++) walking.tick((now += 50));
  };
  walking.tick(0);
  return { store, walking, pass };
}

describe("the walk control", () => {
  it("leaves the way for good even where there is no room to step aside", () => {
    const { store, walking, pass } = stand({ east_m: 0, north_m: 5, level: 0, heading_deg: 0 });
    walking.leave();
    expect(store.state.walk).toMatchObject({ running: true, aside: true });
    pass(6);
    expect(Math.abs(store.state.here?.east_m ?? 0)).toBeGreaterThanOrEqual(4.4);
  });

  it("goes back to the way when no new one comes", () => {
    const { store, walking, pass } = stand({ east_m: 0, north_m: 5, level: 0, heading_deg: 0 });
    walking.leave();
    pass(12);
    expect(store.state.walk.aside).toBe(false);
    pass(6);
    expect(store.state.here?.east_m).toBeCloseTo(0);
  });

  it("takes up a new way from where the reader stands", () => {
    const { store, walking, pass } = stand({ east_m: 0, north_m: -8, level: 0, heading_deg: 0 });
    walking.toggle();
    pass(2);
    expect(store.state.here?.north_m).toBeCloseTo(-5.2);
    const { guiding } = store.state;
    const points: [number, number, number][] = [[0, -5.2, 0], [-10, -5.2, 0]];
    if (guiding) store.set({ guiding: { ...guiding, revision: 2, route: { ...route, points } } });
    pass(2);
    expect(store.state.here?.east_m).toBeCloseTo(-2.8);
  });

  it("stands still when it is paused or nothing is to be followed", () => {
    const { store, walking, pass } = stand({ east_m: 0, north_m: -8, level: 0, heading_deg: 0 });
    walking.toggle();
    walking.toggle();
    pass(2);
    expect(store.state.here?.north_m).toBe(-8);
  });
});
