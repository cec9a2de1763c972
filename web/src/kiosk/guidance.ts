/** Being led, on the page: what was asked for, the way that came, progress, arrival. */

import { newId } from "../client/ids";
import type { Link } from "../client/socket";
import type { Store } from "../client/store";
import type { Arrived, Guide, Progress, Route, StepDue } from "../messages";
import type { Goal, Guiding, State } from "./state";
import { strings } from "./strings";

export class Guidance {
  /** The request behind the way that is shown, to ask for it again. */
  private asked: Guide | null = null;

  constructor(
    private readonly store: Store<State>,
    private readonly link: Link,
  ) {}

  start(to: { record_id?: string; to?: string }): void {
    this.asked = { type: "guide", id: newId("g"), profile: this.store.state.profile, ...to };
    const sent = this.link.send(this.asked);
    if (!sent) this.asked = null;
    const trouble = sent ? null : strings(this.store.state.lang).notSent;
    this.store.set({ picked: null, directory: false, dialog: null, trouble });
  }

  stop(): void {
    this.link.send({ type: "stop_guide" });
    this.end();
  }

  /** What was asked for, to be taken along; null when nobody is led, or nobody knows to where. */
  goal(): { record_id?: string; to?: string } | null {
    const { record_id, to } = this.asked ?? {};
    return record_id ? { record_id } : to ? { to } : null;
  }

  /** Ask for the way once more from here: in another language, for another way of walking. */
  anew(): void {
    const { guiding, profile } = this.store.state;
    if (!guiding || guiding.arrived || !this.asked) return;
    this.asked = { ...this.asked, id: newId("g"), profile };
    this.link.send(this.asked);
  }

  /** The server has forgotten the visit: tell it where the reader stands and ask again. */
  takeUp(): void {
    const { guiding, here } = this.store.state;
    if (here) this.link.send({ type: "pose", ...here });
    if (guiding && !guiding.arrived && this.asked) this.link.send(this.asked);
    else this.end();
  }

  route(message: Route): void {
    const { revision, of, reason, goal, range_id: rangeId, bay, route } = message;
    const guiding: Guiding = { of, revision, reason, goal, rangeId, bay, route, progress: null, due: 0, arrived: null };
    if (this.asked?.id !== of) this.asked = { type: "guide", id: of, ...this.goalOfAnswer(of, rangeId) };
    const start = route.points[0];
    this.store.set(({ walk, level }) => ({
      guiding,
      preview: null,
      goal: goalOf(guiding),
      picked: null,
      level: reason === "start" && start ? start[2] : level,
      walk: { ...walk, aside: false },
    }));
  }

  progress(message: Progress): void {
    this.patch(message.revision, { progress: message });
  }

  due(message: StepDue): void {
    this.patch(message.revision, { due: message.step });
  }

  arrived(message: Arrived): void {
    this.patch(message.revision, { arrived: message });
    this.store.set(({ walk, guiding, goal }) => ({
      walk: { ...walk, running: false },
      level: message.level,
      goal: guiding ? goalOf(guiding) : goal,
    }));
  }

  /** The request with this id, or the way it began, has come to nothing. */
  fail(of: string | null): void {
    if (of !== null && of === this.asked?.id) this.end();
  }

  end(): void {
    this.asked = null;
    this.store.set(({ walk }) => ({
      guiding: null,
      preview: null,
      goal: null,
      walk: { ...walk, running: false, aside: false },
    }));
  }

  private patch(revision: number, patch: Partial<Guiding>): void {
    const { guiding } = this.store.state;
    if (guiding && guiding.revision === revision) this.store.set({ guiding: { ...guiding, ...patch } });
  }

  /** How to ask again for a way that an answer began: for its record, its place or its shelf. */
  private goalOfAnswer(of: string, rangeId: string | null): Pick<Guide, "record_id" | "to"> {
    const turn = this.store.state.turns.find((one) => one.who === "librarian" && one.id === of);
    const answer = turn?.who === "librarian" ? turn.answer : null;
    const item = answer?.items.find((one) => one.shelf?.range_id === rangeId);
    return item ? { record_id: item.record_id } : { to: rangeId ?? answer?.place?.id ?? null };
  }
}

/** Index of the step to show: the one that is due to be said, or the one the reader has come to. */
export function stepNow(guiding: Guiding): number {
  return Math.min(Math.max(guiding.due, guiding.progress?.step ?? 0), Math.max(0, guiding.route.steps.length - 1));
}

function goalOf(guiding: Guiding): Goal {
  const end = guiding.route.points.at(-1);
  return {
    rangeId: guiding.rangeId,
    bay: guiding.bay,
    pinId: null,
    level: end?.[2] ?? 0,
    point: end ? [end[0], end[1]] : null,
  };
}
