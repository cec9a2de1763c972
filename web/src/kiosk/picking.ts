/** From a touched shape on the plan to the thing it stands for. */

import type { PlanBody } from "../messages";
import { type Lang, nameIn, type Picked } from "./state";

/** The thing a mark such as `unit:ID`, `pin:ID` or `face:ID` stands for; null for unnamed ones. */
export function thingOf(plan: PlanBody, mark: string, lang: Lang): Picked | null {
  const at = mark.indexOf(":");
  const kind = mark.slice(0, at);
  const id = mark.slice(at + 1);
  if (kind === "face") {
    const face = plan.faces.find((one) => one.range_id === id);
    if (!face) return null;
    return { id, name: face.label, detail: `${face.first} – ${face.last}`, level: face.level };
  }
  const thing = (kind === "pin" ? plan.pins : plan.units).find((one) => one.id === id);
  const name = thing ? nameIn(lang, thing.name) : "";
  return thing && name ? { id, name, detail: "", level: thing.level } : null;
}

