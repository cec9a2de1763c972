/** The talking face: mouth from the audible viseme, eyes that look and blink, a mood for each state. */

import type { Presence } from "../state";
import { LIBRARIAN } from "./drawing";
import { blend, lipsPath, mouthOf, type MouthShape, openingPath } from "./mouth";

export interface FaceInput {
  readonly viseme: string;
  readonly presence: Presence;
  /** Loudness of the microphone, 0…1. */
  readonly level: number;
  readonly happy: boolean;
  readonly label: string;
}

const MOUTH_SETTLES_MS = 45;
const MOOD_SETTLES_MS = 180;
const BLINK_MS = 150;

interface Mood {
  readonly browLift: number;
  readonly browTilt: number;
  readonly lookX: number;
  readonly lookY: number;
  readonly tilt: number;
}

const MOODS: Record<Presence, Mood> = {
  idle: { browLift: 0, browTilt: 0, lookX: 0, lookY: 0, tilt: 0 },
  listening: { browLift: -3, browTilt: 2, lookX: 0, lookY: 0.5, tilt: 3.5 },
  thinking: { browLift: -2, browTilt: -5, lookX: 3.4, lookY: -3.2, tilt: -3 },
  speaking: { browLift: -1, browTilt: 0, lookX: 0, lookY: 0, tilt: 0 },
};

export class Face {
  readonly element: SVGSVGElement;
  private mouth: MouthShape = mouthOf("sil");
  private mood: Mood = MOODS.idle;
  private before = 0;
  private blinkAt = 1500;
  private readonly still = matchMedia("(prefers-reduced-motion: reduce)");

  constructor() {
    this.element = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.element.setAttribute("viewBox", "0 0 240 280");
    this.element.setAttribute("class", "face");
    this.element.setAttribute("role", "img");
    this.element.dataset["testid"] = "face";
    this.element.innerHTML = LIBRARIAN;
  }

  /** On every animation frame; `now` in milliseconds. */
  tick(now: number, input: FaceInput): void {
    const passed = Math.min(100, now - this.before);
    this.before = now;
    this.element.dataset["viseme"] = input.viseme;
    this.element.dataset["state"] = input.presence;
    if (this.element.getAttribute("aria-label") !== input.label) this.element.setAttribute("aria-label", input.label);
    this.moveMouth(passed, input);
    this.moveEyes(now, passed, input);
  }

  private moveMouth(passed: number, input: FaceInput): void {
    const target = mouthOf(input.viseme);
    const smiling = input.happy && input.viseme === "sil" ? { ...target, width: 18, smile: 5, open: 2.4, teeth: 1 } : target;
    this.mouth = blend(this.mouth, smiling, 1 - Math.exp(-passed / MOUTH_SETTLES_MS));
    const mouth = this.mouth;
    const opening = openingPath(mouth);
    const shown = mouth.open > 0.7;
    this.part(".lips", { d: lipsPath(mouth) });
    this.part(".mouth-clip", { d: opening });
    this.part(".opening", { d: opening, visibility: shown ? "inherit" : "hidden" });
    this.part(".teeth", {
      y: -mouth.open * 0.38 - 7 + 5 * mouth.teeth,
      visibility: shown && mouth.teeth > 0.05 ? "inherit" : "hidden",
    });
    this.part(".tongue", {
      cy: mouth.open * 0.66 + 5 - 6 * mouth.tongue,
      visibility: shown ? "inherit" : "hidden",
    });
    this.part(".lip-line", { d: opening, visibility: shown ? "hidden" : "inherit" });
  }

  private moveEyes(now: number, passed: number, input: FaceInput): void {
    const goal = MOODS[input.presence];
    const part = 1 - Math.exp(-passed / MOOD_SETTLES_MS);
    const mix = (a: number, b: number) => a + (b - a) * part;
    this.mood = {
      browLift: mix(this.mood.browLift, goal.browLift),
      browTilt: mix(this.mood.browTilt, goal.browTilt),
      lookX: mix(this.mood.lookX, goal.lookX),
      lookY: mix(this.mood.lookY, goal.lookY),
      tilt: mix(this.mood.tilt, goal.tilt),
    };
    const mood = this.mood;
    const alive = this.still.matches ? 0 : 1;
    const sway = alive * Math.sin(now / 1700) * 0.9;
    const nod = alive * (input.presence === "speaking" ? this.mouth.open * 0.16 + Math.sin(now / 420) * 0.8 : 0);
    const bob = alive * Math.sin(now / 2100) * 0.8;
    const tilt = alive ? mood.tilt + sway : 0;
    this.part(".head", { transform: `translate(0 ${(nod + bob).toFixed(2)}) rotate(${tilt.toFixed(2)} 120 200)` });
    this.part(".body", { transform: `translate(0 ${(bob * 0.5).toFixed(2)})` });
    const glanceX = mood.lookX + alive * Math.sin(now / 3100) * 0.8;
    for (const gaze of this.element.querySelectorAll(".gaze")) {
      gaze.setAttribute("transform", `translate(${glanceX.toFixed(2)} ${mood.lookY.toFixed(2)})`);
    }
    const emphasis = alive * Math.max(0, this.mouth.open - 9) * 0.18;
    const lift = mood.browLift - emphasis - (input.happy ? 1.5 : 0);
    this.part(".brow-left", { transform: `translate(0 ${lift.toFixed(2)}) rotate(${mood.browTilt.toFixed(2)} 97 102)` });
    this.part(".brow-right", { transform: `translate(0 ${(lift - Math.abs(mood.browTilt) * 0.3).toFixed(2)}) rotate(${(-mood.browTilt * 0.4).toFixed(2)} 143 102)` });
    this.blink(now, input.happy);
  }

  private blink(now: number, happy: boolean): void {
    if (now > this.blinkAt + BLINK_MS) this.blinkAt = now + 2400 + Math.random() * 3200;
    const phase = (now - this.blinkAt) / BLINK_MS;
    const closed = phase > 0 && phase < 1 ? Math.sin(phase * Math.PI) : 0;
    const open = Math.max(0.06, (happy ? 0.8 : 1) * (1 - closed));
    for (const lid of this.element.querySelectorAll(".lid")) lid.setAttribute("ry", (8.6 * open).toFixed(2));
    for (const lash of this.element.querySelectorAll(".lash")) {
      lash.setAttribute("transform", `translate(0 ${((1 - open) * 4).toFixed(2)}) scale(1 ${Math.max(0.15, open).toFixed(2)})`);
    }
  }

  private part(selector: string, attributes: Record<string, string | number>): void {
    const element = this.element.querySelector(selector);
    for (const [name, value] of Object.entries(attributes)) element?.setAttribute(name, String(value));
  }
}
