/** Others in the 3-D view: joins the panel, the figures and the line. One stands where one looks. */

import { Company } from "../client/company";
import { newId } from "../client/ids";
import { decodePoses, encodePose } from "../client/poses";
import type { Link } from "../client/socket";
import type { Position, ToClient } from "../messages";
import { type Choice, type Deeds, Panel } from "../others/panel";
import "../others/others.css";
import { Figures } from "./figures";
import type { Stage } from "./stage";

const POSE_EVERY_MS = 200;
const POSE_AT_LEAST_MS = 8000;
const MOVED_M = 0.2;
const PIN_S = 60;

export class Others {
  readonly company = new Company();
  private readonly panel: Panel;
  private readonly figures: Figures;
  private choice: Choice | null = null;
  private door: Position | null = null;
  private arrived = false;
  private sent = { east: NaN, north: NaN, level: 0, atMs: -Infinity };
  private upTo: number | null = null;

  constructor(
    holder: HTMLElement,
    lang: "en" | "zh",
    private readonly stage: Stage,
    private readonly link: () => Link,
    private readonly elevations: ReadonlyMap<number, number>,
  ) {
    this.figures = new Figures(elevations);
    stage.add(this.figures.group);
    const place = document.createElement("div");
    holder.append(place);
    this.panel = new Panel(place, this.company, lang, this.deeds());
    addEventListener("keydown", (event) => this.key(event));
    this.panel.draw(performance.now());
    setInterval(() => this.tick(), POSE_EVERY_MS);
  }

  get pointing(): boolean {
    return this.panel.pointing;
  }

  take(message: ToClient): void {
    if (message.type === "welcome" && !message.resumed && this.choice) this.enter(this.choice);
    if (message.type === "welcome" && message.here) this.door = message.here;
    if (message.type === "entered") this.arrive();
    if (message.type === "tour" && message.phase === "ended") this.panel.following = false;
    if (this.company.take(message, performance.now())) this.draw();
  }

  takeBytes(bytes: ArrayBuffer): void {
    const frame = decodePoses(bytes);
    if (!frame) return;
    this.company.takePoses(frame);
    this.figures.show(this.company, this.upTo);
    this.stage.animate(() => this.figures.glide());
  }

  /** The line broke. */
  lost(): void {
    this.company.clear();
    this.draw();
  }

  showUpTo(level: number | null): void {
    this.upTo = level;
    this.draw();
  }

  /** Point at a place in the model (x east, y up, z south). */
  pointAt(x: number, y: number, z: number): void {
    this.panel.pointing = false;
    this.link().send({
      type: "pin", id: newId("pin"), east_m: x, north_m: -z, level: this.levelAt(y), text: "", lasts_s: PIN_S,
    });
    this.draw();
  }

  private deeds(): Deeds {
    const send = (message: Parameters<Link["send"]>[0]): boolean => this.link().send(message);
    return {
      join: (choice) => this.enter(choice),
      leave: () => {
        this.choice = null;
        send({ type: "leave" });
      },
      show: (choice) => {
        this.choice = choice;
        send({ type: "visibility", visible: choice.visible, hears: choice.hears, shares: false });
        this.draw();
      },
      say: (text) => send({ type: "chat", id: newId("chat"), text }),
      note: (text) => {
        const { east, north, level } = this.here();
        send({ type: "note", id: newId("note"), kind: "note", text, east_m: east, north_m: north, level, record_id: null });
      },
      removeNote: (note) => send({ type: "remove_note", id: newId("gone"), note }),
      wave: () => send({ type: "emote", name: "wave" }),
      point: (on) => {
        this.panel.pointing = on;
        this.draw();
      },
      lookAt: (east, north, level) => this.stage.lookAt(east, this.elevations.get(level) ?? 0, -north),
      follow: (on) => {
        this.panel.following = on;
        send({ type: "follow_tour", on, profile: "walk" });
        this.draw();
      },
    };
  }

  private enter(choice: Choice): void {
    this.choice = choice;
    this.link().send({
      type: "enter", room: "building", name: choice.name.trim(), visible: choice.visible, world: "virtual",
      hears: choice.hears, shares: false,
    });
  }

  /** The first time one is there one stands where visitors come in; later where one looks. */
  private arrive(): void {
    this.sent.atMs = -Infinity;
    if (this.door && !this.arrived) this.stage.lookAt(this.door.east_m, this.elevations.get(this.door.level) ?? 0, -this.door.north_m);
    this.arrived = true;
  }

  private here(): { east: number; north: number; level: number } {
    const { x, y, z } = this.stage.target;
    return { east: x, north: -z, level: this.levelAt(y) };
  }

  private levelAt(height: number): number {
    const below = [...this.elevations].filter(([, elevation]) => elevation <= height + 0.5).sort((a, b) => b[1] - a[1]);
    return below[0]?.[0] ?? [...this.elevations.keys()].sort((a, b) => a - b)[0] ?? 0;
  }

  private tick(): void {
    const now = performance.now();
    if (this.company.tick(now)) this.draw();
    if (!this.company.entered) return;
    const { east, north, level } = this.here();
    const still = Math.hypot(east - this.sent.east, north - this.sent.north) < MOVED_M && level === this.sent.level;
    if (still && now - this.sent.atMs < POSE_AT_LEAST_MS) return;
    this.sent = { east, north, level, atMs: now };
    const headingDeg = this.stage.headingDeg;
    this.link().sendBytes(encodePose(level, { eastM: east, northM: north, headingDeg, gesture: "none" }));
  }

  private key(event: KeyboardEvent): void {
    if (!this.panel.pointing || (event.key !== "Enter" && event.key !== "Escape")) return;
    if (event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    const { x, y, z } = this.stage.target;
    if (event.key === "Enter") this.pointAt(x, y, z);
    else this.deeds().point(false);
  }

  private draw(): void {
    this.figures.show(this.company, this.upTo);
    this.panel.draw(performance.now());
    this.stage.animate(() => this.figures.glide());
  }
}
