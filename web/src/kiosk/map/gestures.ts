/** Fingers, mouse and wheel on the plan: pan, pinch, zoom, tap. Buttons beside the plan do the same without dragging. */

import type { XY } from "../../client/geometry";

export interface Gestures {
  readonly onPan: (dx: number, dy: number) => void;
  readonly onZoom: (factor: number, at: XY) => void;
  readonly onTap: (target: Element) => void;
}

const TAP_PX = 8;

export function bindGestures(svg: SVGSVGElement, gestures: Gestures): void {
  const pointers = new Map<number, [number, number]>();
  let travelled = 0;
  let pressed: Element | null = null;

  const local = (event: MouseEvent): [number, number] => {
    const { left, top } = svg.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };

  svg.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Element && event.target.closest(".here-mark")) return;
    if (pointers.size === 0) {
      travelled = 0;
      pressed = event.target as Element;
    }
    pointers.set(event.pointerId, local(event));
    svg.setPointerCapture(event.pointerId);
  });

  svg.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = local(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    travelled += Math.hypot(now[0] - before[0], now[1] - before[1]);
    pointers.set(event.pointerId, now);
    if (other) {
      const factor = Math.hypot(now[0] - other[0], now[1] - other[1]) / Math.max(1, Math.hypot(before[0] - other[0], before[1] - other[1]));
      gestures.onZoom(factor, [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
      gestures.onPan((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
    } else if (travelled > TAP_PX) gestures.onPan(now[0] - before[0], now[1] - before[1]);
  });

  const lift = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId)) return;
    if (event.type === "pointerup" && pointers.size === 0 && travelled <= TAP_PX && pressed) gestures.onTap(pressed);
  };
  svg.addEventListener("pointerup", lift);
  svg.addEventListener("pointercancel", lift);

  svg.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      gestures.onZoom(Math.exp(-event.deltaY * 0.0015), local(event));
    },
    { passive: false },
  );
}
