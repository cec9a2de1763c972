/** Others on the plan: a dot for everybody who shows themselves near, and the pins; no names, for a kiosk is read by all. */

import type { Company } from "../../client/company";
import type { XY } from "../../client/geometry";
import { el, emWidth } from "./svg";

export class OthersLayer {
  readonly element = el("g", { class: "others-layer", role: "img", "data-testid": "plan-others" });

  /** `toScreen`: page pixels of a place in map metres. */
  draw(company: Company, level: number, toScreen: (at: XY) => XY, label: (count: number) => string): void {
    const dots = [...company.seen.values()].filter((one) => one.level === level);
    const pins = [...company.pins.values()].filter((pin) => pin.level === level);
    this.element.setAttribute("aria-label", label(dots.length));
    this.element.setAttribute("visibility", dots.length + pins.length ? "visible" : "hidden");
    this.element.replaceChildren(
      ...dots.map(({ pose }) => {
        const [x, y] = toScreen([pose.eastM, pose.northM]);
        const dot = el("g", { class: `other ${pose.role}${pose.virtual ? " virtual" : ""}`, transform: `translate(${x} ${y})` });
        if (pose.headingDeg !== null) dot.append(el("path", { d: "M-4-7 0-13 4-7Z", transform: `rotate(${pose.headingDeg})` }));
        dot.append(el("circle", { r: 7 }));
        return dot;
      }),
      ...pins.map((pin) => {
        const [x, y] = toScreen([pin.east_m, pin.north_m]);
        const mark = el("g", { class: "other-pin", transform: `translate(${x} ${y})` });
        mark.append(el("path", { d: "M0 0C9-12 14-19 14-26A14 14 0 0 0-14-26C-14-19-9-12 0 0Z" }), el("circle", { cy: -26, r: 5 }));
        if (pin.text) {
          const width = emWidth(pin.text) * 14 + 20;
          mark.append(
            el("rect", { x: -width / 2, y: -74, width, height: 28, rx: 6 }),
            el("text", { y: -55, "text-anchor": "middle", "font-size": 14 }, pin.text),
          );
        }
        return mark;
      }),
    );
  }
}
