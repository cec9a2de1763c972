/** When nobody is there any more: a warning first, then the visit is wiped. */

import type { App } from "./app";

const LONGEST_WARNING_S = 20;
const SIGNS = ["pointerdown", "keydown", "wheel", "touchmove"] as const;

export class Idle {
  private last = performance.now();

  constructor(private readonly app: App) {
    for (const sign of SIGNS) addEventListener(sign, () => this.touch(), { passive: true, capture: true });
  }

  /** Somebody is there. */
  touch(): void {
    if (this.app.state.idleLeft === null) this.last = performance.now();
  }

  stay(): void {
    this.last = performance.now();
    this.app.store.set({ idleLeft: null });
  }

  end(): void {
    this.stay();
    this.app.startOver();
  }

  /** On every animation frame. */
  tick(): void {
    const { welcome, mic, walk, presence } = this.app.state;
    const limit = welcome?.idle_reset_s ?? 0;
    if (limit <= 0 || this.app.entry.way) return; // a reader's own phone is nobody else's kiosk
    const occupied = this.app.voice.busy || walk.running || mic.mode === "push" || presence === "thinking";
    if (occupied) this.touch();
    if (!this.worthWiping()) {
      this.last = performance.now();
      this.app.renew();
      return;
    }
    const left = limit - (performance.now() - this.last) / 1000;
    if (left <= 0) this.end();
    else if (left <= Math.min(LONGEST_WARNING_S, limit / 2)) this.app.store.set({ idleLeft: Math.ceil(left), dialog: null });
  }

  /** Whether anything of a visit is on the page. */
  private worthWiping(): boolean {
    const { turns, guiding, draft, lang, mic, picked, goal, speechOn, dialog } = this.app.state;
    const talked = turns.length > 0 || guiding !== null || draft !== "" || goal !== null || picked !== null || dialog !== null;
    return talked || mic.mode === "open" || !speechOn || lang !== this.app.firstLang;
  }
}
