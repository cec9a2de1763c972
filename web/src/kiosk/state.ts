/** What the kiosk page knows. Views draw it; only the parts in `app.ts` and beside it change it. */

import type { MicProblem } from "../client/ears";
import type { LinkStatus } from "../client/socket";
import type { Piece } from "../client/track";
import type { Spot } from "../client/walker";
import type { Answer, Arrived, PlanBody, Progress, RouteBody, Route, Suggestion, Welcome } from "../messages";

export type Lang = "en" | "zh";
export type Presence = "idle" | "listening" | "thinking" | "speaking";
export type Profile = "walk" | "step-free";

export interface ReaderTurn {
  readonly who: "reader";
  readonly id: string;
  readonly text: string;
  readonly lang: Lang;
  readonly spoken: boolean;
  readonly final: boolean;
}

export interface LibrarianTurn {
  readonly who: "librarian";
  readonly id: string;
  readonly text: string;
  readonly lang: Lang;
  readonly answer: Answer | null;
  readonly trouble: boolean;
  /** Questions that were perhaps asked, to choose from. */
  readonly maybe: readonly string[];
}

export type Turn = ReaderTurn | LibrarianTurn;

export interface Caption {
  readonly pieces: readonly Piece[];
  /** Index of the piece being spoken; −1 when nothing is spoken yet, `pieces.length` when all has been. */
  readonly current: number;
  readonly lang: Lang;
}

export interface Mic {
  readonly mode: "off" | "push" | "open";
  readonly opening: boolean;
  readonly level: number;
  readonly problem: MicProblem | null;
}

export interface Guiding {
  readonly of: string;
  readonly revision: number;
  readonly reason: Route["reason"];
  readonly goal: Record<string, string>;
  readonly rangeId: string | null;
  readonly bay: number | null;
  readonly route: RouteBody;
  readonly progress: Progress | null;
  /** Index of the step that was last due to be said. */
  readonly due: number;
  readonly arrived: Arrived | null;
}

/** What the plan points at: a bay, a shelf, a place. */
export interface Goal {
  readonly rangeId: string | null;
  readonly bay: number | null;
  readonly pinId: string | null;
  readonly level: number;
  readonly point: readonly [number, number] | null;
}

/** A thing on the plan that the reader touched. */
export interface Picked {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly level: number;
}

export interface Walk {
  readonly running: boolean;
  readonly speed: 1 | 4;
  readonly aside: boolean;
}

export interface State {
  readonly link: LinkStatus;
  /** The line has been away long enough to tell the reader. */
  readonly lostShown: boolean;
  /** It has been away so long that the reader should not wait for it. */
  readonly awayShown: boolean;
  /** It is back, which is told for a moment. */
  readonly backShown: boolean;
  readonly welcome: Welcome | null;
  readonly lang: Lang;
  readonly plan: PlanBody | null;
  readonly planFailed: boolean;
  readonly level: number;
  readonly here: Spot | null;
  readonly turns: readonly Turn[];
  readonly caption: Caption | null;
  readonly presence: Presence;
  readonly mic: Mic;
  readonly speechOn: boolean;
  readonly guiding: Guiding | null;
  readonly preview: RouteBody | null;
  readonly goal: Goal | null;
  readonly picked: Picked | null;
  readonly profile: Profile;
  readonly walk: Walk;
  readonly draft: string;
  readonly suggestions: readonly Suggestion[];
  /** Index of the suggestion that the keys stand on; −1: none. */
  readonly suggestAt: number;
  readonly dialog: "help" | "handoff" | null;
  /** The address of the way for the reader's phone, while that dialog is open. */
  readonly handoffUrl: string | null;
  readonly directory: boolean;
  readonly idleLeft: number | null;
  readonly trouble: string | null;
  /** A sentence for screen readers. */
  readonly spokenNote: { readonly text: string; readonly lang: Lang } | null;
}

export function firstState(lang: Lang): State {
  return {
    link: "connecting",
    lostShown: false,
    awayShown: false,
    backShown: false,
    welcome: null,
    lang,
    plan: null,
    planFailed: false,
    level: 0,
    here: null,
    ...freshVisit(),
  };
}

/** The parts that belong to one visit and are wiped when the reader has left. */
export function freshVisit() {
  return {
    turns: [] as readonly Turn[],
    caption: null,
    presence: "idle" as Presence,
    mic: { mode: "off", opening: false, level: 0, problem: null } as Mic,
    speechOn: true,
    guiding: null,
    preview: null,
    goal: null,
    picked: null,
    profile: "walk" as Profile,
    walk: { running: false, speed: 1, aside: false } as Walk,
    draft: "",
    suggestions: [] as readonly Suggestion[],
    suggestAt: -1,
    dialog: null,
    handoffUrl: null,
    directory: false,
    idleLeft: null,
    trouble: null,
    spokenNote: null,
  };
}

/** The name in this language, else in the other, else any. */
export function nameIn(lang: Lang, names: Readonly<Record<string, string | undefined>>): string {
  const exact = names[lang];
  if (exact) return exact;
  const like = Object.keys(names).find((tag) => tag.toLowerCase().startsWith(lang));
  return (like && names[like]) || names["en"] || names["zh"] || Object.values(names).find(Boolean) || "";
}
