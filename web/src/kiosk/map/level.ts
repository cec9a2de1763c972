/** One level of the building as SVG, in map metres; texts are placed elsewhere, in pixels. */

import { baySpan, shelfQuad } from "../../client/geometry";
import type { PlanBody } from "../../messages";
import { el, pathOfLine, pathOfShape } from "./svg";

export const SHELF_DEPTH_M = 0.38;

/** The class that colours a room: its IMDF category, roughly. */
export function kindOfUnit(category: string, restricted: boolean): string {
  if (restricted || /nonpublic|storage|mechanical|structure|servicearea/.test(category)) return "closed";
  if (/^restroom|shower|mothersroom/.test(category)) return "wash";
  if (/^(stairs|escalator|elevator|ramp|steps|movingwalkway)/.test(category)) return category.split(".")[0] ?? "stairs";
  if (/walkway|lobby|vestibule|concourse|corridor/.test(category)) return "way";
  if (/opentobelow/.test(category)) return "void";
  if (/column|wall/.test(category)) return "solid";
  if (/terrace|outdoor|garden|patio|balcony/.test(category)) return "green";
  if (/foodservice|lounge|cafe/.test(category)) return "warm";
  return "room";
}

export function kindOfFixture(category: string): string {
  if (/vegetation|plant|water/.test(category)) return "plant";
  if (/wall|column|partition/.test(category)) return "solid";
  if (/shelf|shelv|bookcase|stack/.test(category)) return "shelving";
  if (/kiosk/.test(category)) return "kiosk";
  return "furniture";
}

export function drawLevel(plan: PlanBody, ordinal: number): SVGGElement {
  const group = el("g", { class: "level", "data-level": ordinal });
  const on = <T extends { level: number }>(things: readonly T[]) => things.filter((one) => one.level === ordinal);
  for (const level of plan.levels.filter((one) => one.ordinal === ordinal)) {
    group.append(el("path", { class: "floor", d: pathOfShape(level.outline) }));
  }
  const units = on(plan.units);
  const ways = units.filter((unit) => kindOfUnit(unit.category, unit.restricted) === "way");
  for (const unit of [...ways, ...units.filter((one) => !ways.includes(one))]) {
    const kind = kindOfUnit(unit.category, unit.restricted);
    group.append(el("path", { class: `unit ${kind}`, d: pathOfShape(unit.shape), "data-pick": `unit:${unit.id}` }));
  }
  for (const opening of on(plan.openings)) {
    group.append(el("path", { class: "opening", d: pathOfLine(opening.line) }));
  }
  for (const fixture of on(plan.fixtures)) {
    group.append(el("path", { class: `fixture ${kindOfFixture(fixture.category)}`, d: pathOfShape(fixture.shape) }));
  }
  for (const face of on(plan.faces)) {
    const quad = shelfQuad(face.start, face.end, SHELF_DEPTH_M);
    const ticks = Array.from({ length: Math.max(0, face.bays - 1) }, (_, index) => {
      const [, at] = baySpan(face.start, face.end, face.bays, index + 1);
      const back = shelfQuad(face.start, face.end, SHELF_DEPTH_M)[3];
      const to: [number, number] = [at[0] + back[0] - face.start[0], at[1] + back[1] - face.start[1]];
      return pathOfLine([at, to]);
    });
    group.append(
      el(
        "g",
        { class: "shelf", "data-pick": `face:${face.range_id}`, "data-range": face.range_id },
        el("path", { class: "shelf-body", d: pathOfLine(quad, true) }),
        el("path", { class: "shelf-bays", d: ticks.join("") }),
        el("path", { class: "shelf-face", d: pathOfLine([face.start, face.end]) }),
      ),
    );
  }
  return group;
}
