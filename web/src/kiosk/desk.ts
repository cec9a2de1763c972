/** Where people work who can be asked: the information desk nearest to the reader. */

import type { PinBody, PlanBody } from "../messages";
import type { Spot } from "../client/walker";

/** Categories of desks with somebody behind them, the most general help first. */
const KINDS = [/^information/, /^reception/, /^service/];
/** How far a floor counts as away, metres. */
const FLOOR_M = 40;

export function findDesk(plan: PlanBody | null, here: Spot | null): PinBody | null {
  for (const kind of KINDS) {
    const desks = (plan?.pins ?? []).filter((pin) => kind.test(pin.category) && Object.keys(pin.name).length > 0);
    const away = (pin: PinBody) =>
      here ? Math.hypot(pin.point[0] - here.east_m, pin.point[1] - here.north_m) + FLOOR_M * Math.abs(pin.level - here.level) : pin.level;
    const nearest = [...desks].sort((a, b) => away(a) - away(b) || a.id.localeCompare(b.id))[0];
    if (nearest) return nearest;
  }
  return null;
}
