/**
 * Being with others, as the wire tells it: who is there and where, what is said, pointed at, left behind, and the tour.
 * Told every message, every pose frame and the time; no sockets, no drawing.
 */

import type { Entered, FromClient, NoteBody, PersonBody, Pinned, ToClient, Tour } from "../messages";
import type { PoseFrame, PoseRecord } from "./poses";

export interface Seen {
  readonly pose: PoseRecord;
  readonly level: number;
}

export interface Line {
  readonly key: string;
  readonly kind: "said" | "overheard" | "emoted" | "joined" | "parted";
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly own: boolean;
}

export interface ShownPin extends Pinned {
  readonly untilMs: number;
}

const LINES = 100;

export class Company {
  entered: Entered | null = null;
  /** Everybody who has been named, also those out of sight. */
  readonly people = new Map<number, PersonBody>();
  readonly seen = new Map<number, Seen>();
  readonly pins = new Map<string, ShownPin>();
  readonly notes = new Map<string, NoteBody>();
  lines: readonly Line[] = [];
  tour: Tour | null = null;
  /** Staff have asked for silence until then, milliseconds of the caller's clock. */
  mutedUntilMs = 0;
  private told = 0;

  /** Whether the message was about others. */
  take(message: ToClient, nowMs: number): boolean {
    switch (message.type) {
      case "entered":
        this.clear();
        this.entered = message;
        return true;
      case "left":
        this.clear();
        return true;
      case "neighbours":
      case "people":
        // Those near are told in one frame for all, so one is among them oneself.
        for (const person of message.people) if (person.number !== this.entered?.number) this.people.set(person.number, person);
        return true;
      case "joined":
        this.people.set(message.person.number, message.person);
        this.add("joined", message.person.number, message.person.name, "");
        return true;
      case "parted":
        this.add("parted", message.number, this.nameOf(message.number), "");
        this.people.delete(message.number);
        return true;
      case "said":
        if (!this.lines.some((line) => line.key === `said ${message.number} ${message.of}`)) {
          this.add("said", message.number, message.name, message.text, `said ${message.number} ${message.of}`);
        }
        return true;
      case "overheard":
        this.add("overheard", message.number, message.name, message.text);
        return true;
      case "emoted":
        this.add("emoted", message.number, this.nameOf(message.number), message.name);
        return true;
      case "pinned":
        this.pins.set(`${message.number} ${message.of}`, { ...message, untilMs: nowMs + message.lasts_s * 1000 });
        return true;
      case "unpinned":
        this.pins.delete(`${message.number} ${message.of}`);
        return true;
      case "notes":
        this.notes.clear();
        for (const note of message.notes) this.notes.set(note.id, note);
        return true;
      case "noted":
        this.notes.set(message.note.id, message.note);
        return true;
      case "note_removed":
        this.notes.delete(message.note);
        return true;
      case "tour":
        this.tour = message.phase === "ended" ? null : message;
        return true;
      case "moderated":
        this.mutedUntilMs = message.of === null && message.act === "mute" ? nowMs + message.for_s * 1000 : 0;
        return true;
      default:
        return false;
    }
  }

  takePoses(frame: PoseFrame): void {
    if (frame.full) this.seen.clear();
    for (const number of frame.gone) this.seen.delete(number);
    for (const pose of frame.poses) {
      if (pose.number !== this.entered?.number) this.seen.set(pose.number, { pose, level: frame.level });
    }
  }

  /** Pins whose time is over are gone; whether there were any. */
  tick(nowMs: number): boolean {
    const over = [...this.pins].filter(([, pin]) => pin.untilMs <= nowMs);
    for (const [key] of over) this.pins.delete(key);
    return over.length > 0;
  }

  /** The line broke, or one has left: who is there will be told anew. What was said stays to be read. */
  clear(): void {
    this.entered = null;
    this.tour = null;
    for (const all of [this.people, this.seen, this.pins, this.notes]) all.clear();
  }

  nameOf(number: number): string {
    return this.people.get(number)?.name ?? "";
  }

  private add(kind: Line["kind"], number: number, name: string, text: string, key = `${kind} ${(this.told += 1)}`): void {
    const own = number === this.entered?.number;
    this.lines = [...this.lines, { key, kind, number, name, text, own }].slice(-LINES);
  }
}

export type Send = (message: FromClient) => boolean;
