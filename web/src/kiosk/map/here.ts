/** The you-are-here mark: where the reader stands and looks. Can be dragged, or moved with the arrow keys. */

import type { XY } from "../../client/geometry";
import { headingOf, type Spot } from "../../client/walker";
import { el } from "./svg";

export interface HereEvents {
  readonly onMove: (spot: Spot, last: boolean) => void;
  /** Map metres of a page pixel. */
  readonly toMap: (pixel: XY) => XY;
}

const KEY_STEP_M = 0.5;
const KEYS: Record<string, XY> = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export class HereMark {
  readonly element = el(
    "g",
    { class: "here-mark", tabindex: 0, role: "button", "data-testid": "here" },
    el("circle", { class: "here-grip", r: 26 }),
    el("circle", { class: "here-pulse", r: 14 }),
    el("path", { class: "here-cone", d: "M0 0-20-38A43 43 0 0 1 20-38Z" }),
    el("circle", { class: "here-ring", r: 12 }),
    el("circle", { class: "here-dot", r: 7.5 }),
  );
  private spot: Spot | null = null;
  private dragging = false;

  constructor(private readonly events: HereEvents) {
    this.element.addEventListener("pointerdown", (event) => {
      event.stopPropagation();
      this.dragging = true;
      this.element.setPointerCapture(event.pointerId);
    });
    this.element.addEventListener("pointermove", (event) => this.drag(event, false));
    this.element.addEventListener("pointerup", (event) => {
      this.drag(event, true);
      this.dragging = false;
    });
    this.element.addEventListener("pointercancel", () => {
      this.dragging = false;
    });
    this.element.addEventListener("keydown", (event) => {
      const step = KEYS[event.key];
      if (!step || !this.spot) return;
      event.preventDefault();
      this.moveBy(step[0] * KEY_STEP_M, step[1] * KEY_STEP_M, true);
    });
  }

  show(at: XY | null, spot: Spot | null, label: string): void {
    this.spot = spot;
    this.element.setAttribute("visibility", at ? "visible" : "hidden");
    this.element.setAttribute("aria-label", label);
    if (!at || !spot) return;
    this.element.setAttribute("transform", `translate(${at[0]} ${at[1]})`);
    const cone = this.element.querySelector(".here-cone");
    cone?.setAttribute("visibility", spot.heading_deg === null ? "hidden" : "inherit");
    cone?.setAttribute("transform", `rotate(${spot.heading_deg ?? 0})`);
  }

  private drag(event: PointerEvent, last: boolean): void {
    if (!this.dragging || !this.spot) return;
    const [east, north] = this.events.toMap([event.clientX, event.clientY]);
    const de = east - this.spot.east_m;
    const dn = north - this.spot.north_m;
    if (last || Math.hypot(de, dn) > 0.02) this.moveBy(de, dn, last);
  }

  private moveBy(de: number, dn: number, last: boolean): void {
    if (!this.spot) return;
    const turned = Math.hypot(de, dn) > 0.05 ? headingOf(de, dn) : this.spot.heading_deg;
    this.events.onMove(
      { ...this.spot, east_m: this.spot.east_m + de, north_m: this.spot.north_m + dn, heading_deg: turned },
      last,
    );
  }
}
