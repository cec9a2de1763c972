/** The floor plan: draws the state, moves its own camera, tells what the reader touched. */

import type { Company } from "../../client/company";
import { baySpan, boxOf, type Box, padded, shelfQuad, type XY } from "../../client/geometry";
import type { Spot } from "../../client/walker";
import { levelName } from "../app";
import type { State } from "../state";
import { fill, strings } from "../strings";
import { between, type Camera, fit, type Frame, panBy, toMap, toScreen, zoomAt } from "./camera";
import { bindGestures } from "./gestures";
import { HereMark } from "./here";
import { Labels } from "./labels";
import { OthersLayer } from "./others-layer";
import { drawLevel, SHELF_DEPTH_M } from "./level";
import { RouteLayer, stretches } from "./route-layer";
import { el, emWidth, pathOfLine } from "./svg";

const GLIDE_MS = 450;
const CLOSEST = 70;

export interface PlanEvents {
  readonly onPick: (id: string | null) => void;
  readonly onMove: (spot: Spot, last: boolean) => void;
  readonly onLevel: (level: number) => void;
}

export class PlanView {
  readonly svg = el("svg", { class: "plan-svg", role: "group", "data-testid": "plan" });
  private readonly world = el("g", { class: "world" });
  private readonly base = el("g");
  private readonly goalLayer = el("g", { class: "goal-layer" });
  private readonly names = el("g", { class: "names" });
  private readonly goalMark = el("g", { class: "goal-mark" });
  private readonly route = new RouteLayer();
  private readonly others = new OthersLayer();
  private readonly here: HereMark;
  private camera: Camera = { k: 1, x: 0, y: 0 };
  private frame: Frame = { width: 0, height: 0, inset: [24, 24, 24, 24] };
  private state: Readonly<State> | null = null;
  /** Pixels a rem, as the page's texts are sized. */
  private rem = 16;
  private baseKey = "";
  private focusKey = "";
  private touched = false;
  private glide: { from: Camera; to: Camera; start: number } | null = null;

  constructor(
    private readonly events: PlanEvents,
    private readonly company: Company,
  ) {
    this.here = new HereMark({
      onMove: events.onMove,
      toMap: (pixel) => toMap(this.camera, this.local(pixel)),
    });
    this.world.append(this.base, this.goalLayer, this.route.lines);
    this.svg.append(hatch(), this.world, this.names, this.route.marks, this.others.element, this.goalMark, this.here.element);
    bindGestures(this.svg, {
      onPan: (dx, dy) => this.move(panBy(this.camera, dx, dy)),
      onZoom: (factor, at) => this.move(zoomAt(this.camera, factor, at, this.limits())),
      onTap: (target) => this.tap(target),
    });
    new ResizeObserver(() => this.resize()).observe(this.svg);
  }

  zoom(factor: number): void {
    const centre: XY = [this.frame.width / 2, this.frame.height / 2];
    this.touched = true;
    this.fly(zoomAt(this.camera, factor, centre, this.limits()));
  }

  reset(): void {
    this.touched = false;
    this.fly(fit(this.levelBox(), this.frame));
  }

  update(state: Readonly<State>): void {
    const before = this.state;
    this.state = state;
    const { plan, level, lang } = state;
    if (!plan) return;
    const key = `${plan.revision}/${level}`;
    const changedLevel = key !== this.baseKey;
    if (changedLevel) {
      const firstPlan = this.baseKey.split("/")[0] !== plan.revision;
      this.baseKey = key;
      this.base.replaceChildren(drawLevel(plan, level));
      if (firstPlan) this.jump(fit(this.levelBox(), this.frame));
    }
    this.svg.setAttribute("aria-label", fill(strings(lang).planOf, { level: levelName(state, level) }));
    this.frame = { ...this.frame, inset: this.insets() };
    const focus = this.focusOf(state);
    if (focus.key !== this.focusKey) {
      this.focusKey = focus.key;
      this.touched = false;
      this.fly(fit(focus.box ?? this.levelBox(), this.frame, focus.box ? 34 : Infinity));
    }
    const moved = before?.here !== state.here;
    const static_ = changedLevel || !before || DRAWN.some((field) => before[field] !== state[field]);
    if (static_) this.drawAll();
    else if (moved) this.drawHere();
    if (before?.othersChanged !== state.othersChanged) this.drawOthers();
  }

  tick(now: number): void {
    this.route.tick(now);
    if (!this.glide) return;
    const part = Math.min(1, (now - this.glide.start) / GLIDE_MS);
    const eased = 1 - (1 - part) ** 3;
    this.camera = between(this.glide.from, this.glide.to, eased, this.frame);
    if (part === 1) this.glide = null;
    this.drawAll();
  }

  // What to look at: the way on this level, else the goal; the whole level otherwise.
  private focusOf(state: Readonly<State>): { key: string; box: Box | null } {
    const route = state.guiding?.route ?? state.preview;
    if (route) {
      const points = stretches(route.points, state.level).flat();
      const start = state.guiding ? `${state.guiding.of}/${state.guiding.revision}` : "preview";
      const arrived = state.guiding?.arrived ? "/arrived" : "";
      if (arrived && state.goal?.point && state.goal.level === state.level) {
        return { key: `${this.baseKey}/${start}${arrived}`, box: padded(boxOf([state.goal.point]), 5) };
      }
      if (points.length) return { key: `${this.baseKey}/${start}`, box: padded(boxOf(points), 2.5) };
    }
    const { goal, here, level } = state;
    if (goal?.point && goal.level === level) {
      const both = here?.level === level ? [goal.point, [here.east_m, here.north_m] as XY] : [goal.point];
      const pad = both.length > 1 ? 4 : 8;
      return { key: `${this.baseKey}/${goal.rangeId}/${goal.bay}/${goal.pinId}`, box: padded(boxOf(both), pad) };
    }
    return { key: this.baseKey, box: null };
  }

  private levelBox(): Box {
    const { plan, level } = this.state as State;
    const outline = plan?.levels.filter((one) => one.ordinal === level).flatMap((one) => one.outline.flat(2)) ?? [];
    return outline.length ? boxOf(outline as XY[]) : { west: 0, south: 0, east: 10, north: 10 };
  }

  private limits(): readonly [number, number] {
    return [fit(this.levelBox(), this.frame).k * 0.6, CLOSEST];
  }

  private resize(): void {
    const { width, height } = this.svg.getBoundingClientRect();
    if (!width || !height) return;
    this.rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.frame = { ...this.frame, width, height };
    this.frame = { ...this.frame, inset: this.insets() };
    if (!this.state?.plan) return;
    if (!this.touched) {
      const focus = this.focusOf(this.state);
      this.jump(fit(focus.box ?? this.levelBox(), this.frame, focus.box ? 34 : Infinity));
    }
    this.drawAll();
  }

  /** Room for what lies over the plan: the step to take at the top, levels at the right, the walk control below. */
  private insets(): Frame["inset"] {
    const guiding = this.state?.guiding != null;
    const rem = this.rem;
    const wide = this.frame.width > 43 * rem;
    const side = wide ? 6 * rem : 4.6 * rem;
    return [(guiding ? (wide ? 9.5 : 9) : 2) * rem, side, (guiding ? 6.5 : 2) * rem, (wide ? 2.5 : 1) * rem];
  }

  private move(camera: Camera): void {
    this.touched = true;
    this.glide = null;
    this.camera = camera;
    this.drawAll();
  }

  private jump(camera: Camera): void {
    this.glide = null;
    this.camera = camera;
  }

  private fly(to: Camera): void {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || this.camera.k === 1) {
      this.jump(to);
      this.drawAll();
    } else this.glide = { from: this.camera, to, start: performance.now() };
  }

  private drawAll(): void {
    const state = this.state;
    if (!state?.plan || !this.frame.width) return;
    const { k, x, y } = this.camera;
    this.world.setAttribute("transform", `matrix(${k} 0 0 ${-k} ${x} ${y})`);
    this.svg.classList.toggle("near", k > 16);
    const route = state.guiding?.route ?? state.preview;
    const revision = state.guiding ? `${state.guiding.of}/${state.guiding.revision}` : `p${route?.length_m}`;
    this.route.draw(route, state.level, route ? `${revision}@${state.level}` : "", !state.guiding);
    const texts = strings(state.lang);
    const taken = this.route.drawMarks(route, state.level, this.camera, (to) =>
      fill(texts.toLevel, { level: levelName(state, to) }),
    );
    this.drawGoal(state);
    const labels = new Labels(state.plan, state.level, state.lang, this.camera, [this.frame.width, this.frame.height]);
    if (state.here?.level === state.level) labels.reserve(toScreen(this.camera, [state.here.east_m, state.here.north_m]), 16);
    if (state.goal?.point && state.goal.level === state.level) labels.reserve(toScreen(this.camera, state.goal.point), 20);
    for (const place of taken) labels.reserve(place, 22);
    const rem = this.rem;
    labels.cover(this.frame.width - 5 * rem, 0, 5 * rem, 23 * rem);
    if (state.guiding) {
      labels.cover(0, 0, Math.min(41 * rem, this.frame.width), 5.2 * rem);
      labels.cover(this.frame.width / 2 - 15 * rem, this.frame.height - 5 * rem, 30 * rem, 5 * rem);
    }
    this.names.replaceChildren(...labels.draw(state.goal?.rangeId ?? null, state.goal?.pinId ?? null));
    this.drawHere();
    this.drawOthers();
  }

  private drawOthers(): void {
    const state = this.state;
    if (!state?.plan || !this.frame.width) return;
    const label = (count: number): string => fill(strings(state.lang).othersHere, { count });
    this.others.draw(this.company, state.level, (at) => toScreen(this.camera, at), label);
  }

  private drawHere(): void {
    const state = this.state;
    if (!state) return;
    const { here, level } = state;
    const at = here && here.level === level ? toScreen(this.camera, [here.east_m, here.north_m]) : null;
    this.here.show(at, here, strings(state.lang).hereHelp);
    this.route.drawWalked(state.guiding?.route ?? null, level, here);
  }

  private drawGoal(state: Readonly<State>): void {
    this.goalLayer.replaceChildren();
    this.goalMark.replaceChildren();
    const { goal, plan, level, lang } = state;
    if (!goal || goal.level !== level || !plan) return;
    const face = plan.faces.find((one) => one.range_id === goal.rangeId);
    let at: XY | null = goal.point;
    let text = "";
    if (face) {
      const quad = shelfQuad(face.start, face.end, SHELF_DEPTH_M);
      this.goalLayer.append(
        el("path", { class: "goal-face", d: pathOfLine(quad, true), "data-testid": "goal-face", "data-range": face.range_id }),
      );
      if (goal.bay !== null) {
        const span = baySpan(face.start, face.end, face.bays, goal.bay);
        const bay = shelfQuad(span[0], span[1], SHELF_DEPTH_M);
        this.goalLayer.append(el("path", { class: "goal-bay", d: pathOfLine(bay, true), "data-testid": "goal-bay" }));
        at = [(bay[0][0] + bay[2][0]) / 2, (bay[0][1] + bay[2][1]) / 2];
        text = fill(strings(lang).bay, { bay: goal.bay });
      } else at = [(quad[0][0] + quad[2][0]) / 2, (quad[0][1] + quad[2][1]) / 2];
      text = text ? `${face.label} · ${text}` : face.label;
    }
    if (!at) return;
    const [x, y] = toScreen(this.camera, at);
    const arrived = state.guiding?.arrived ? " arrived" : "";
    this.goalMark.setAttribute("class", `goal-mark${arrived}`);
    this.goalMark.setAttribute("transform", `translate(${x} ${y})`);
    this.goalMark.append(el("circle", { class: "goal-halo", r: 12 }));
    if (!text) {
      this.goalMark.append(
        el("path", { class: "goal-drop", d: "M0 0C9-12 14-19 14-26A14 14 0 0 0-14-26C-14-19-9-12 0 0Z" }),
        el("circle", { class: "goal-eye", cy: -26, r: 5 }),
      );
      return;
    }
    const width = emWidth(text) * 14 + 26;
    const left = Math.max(8 - x, Math.min(-width / 2, this.frame.width - 8 - width - x));
    this.goalMark.append(
      el("path", { class: "goal-drop", d: "M-8-12 0 0 8-12Z" }),
      el("rect", { class: "goal-drop", x: left, y: -44, width, height: 34, rx: 6 }),
      el("text", { x: left + width / 2, y: -22, "text-anchor": "middle", "font-size": 14 }, text),
    );
  }

  private tap(target: Element): void {
    const crossing = target.closest(".crossing");
    if (crossing) this.events.onLevel(Number(crossing.getAttribute("data-level")));
    else this.events.onPick(target.closest("[data-pick]")?.getAttribute("data-pick") ?? null);
  }

  private local([x, y]: XY): XY {
    const { left, top } = this.svg.getBoundingClientRect();
    return [x - left, y - top];
  }
}

const DRAWN = ["plan", "level", "lang", "goal", "preview", "guiding"] as const;

function hatch(): SVGDefsElement {
  const lines = (id: string, d: string, size: number) =>
    el("pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse" }, el("path", { d, class: "hatch-line" }));
  return el(
    "defs",
    {},
    lines("hatch-closed", "M0 1.2 1.2 0M-.3.3.3-.3M.9 1.5 1.5.9", 1.2),
    lines("hatch-stairs", "M0 .15H.5", 0.3),
  );
}
