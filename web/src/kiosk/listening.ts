/** Push-to-talk and open microphone: from a press to `listen`, frames, `listen_end`. */

import { Endpoint } from "../client/endpoint";
import { type Ears, MicError, openEars } from "../client/ears";
import { encodeAudio } from "../client/frames";
import type { App } from "./app";
import type { Mic } from "./state";

/** A press shorter than this is a tap: listening goes on until the next tap or until the reader falls silent. */
const TAP_MS = 350;
const LEVEL_EVERY_FRAMES = 3;

export class Listening {
  private stream = Math.floor(Math.random() * 1_000_000);
  private ears: Ears | null = null;
  private wanted: "off" | "push" | "open" = "off";
  private pressedAt = 0;
  private endpoint: Endpoint | null = null;

  constructor(private readonly app: App) {}

  /** The talk button goes down. */
  press(): void {
    if (this.wanted === "push") {
      void this.stop();
      return;
    }
    this.pressedAt = performance.now();
    this.endpoint = null;
    void this.start("push");
  }

  /** The talk button comes up. */
  release(): void {
    if (this.wanted !== "push" || this.pressedAt === 0) return;
    const tapped = performance.now() - this.pressedAt < TAP_MS;
    this.pressedAt = 0;
    if (tapped) this.endpoint = new Endpoint();
    else void this.stop();
  }

  toggleOpen(): void {
    if (this.wanted === "open") void this.stop();
    else void this.start("open");
  }

  /** Close the microphone, whatever it was open for. */
  stop(): void {
    this.wanted = "off";
    this.endpoint = null;
    this.close();
    this.patch({ mode: "off", opening: false, level: 0 });
    if (this.app.state.presence === "listening") this.app.store.set({ presence: "idle" });
  }

  private async start(mode: "push" | "open"): Promise<void> {
    this.close();
    this.wanted = mode;
    this.app.hush();
    this.patch({ mode, opening: true, level: 0, problem: null });
    const stream = ++this.stream;
    let sequence = 0;
    let first = 0;
    let ears: Ears | null = null;
    try {
      ears = await openEars({
        echo: mode === "open",
        onFrame: (samples, level) => {
          if (!ears || this.ears !== ears) return;
          const frame = { stream, sequence, firstSample: first, sampleRate: ears.sampleRate, samples };
          this.app.link.sendBytes(encodeAudio(frame));
          first += samples.length;
          if (sequence++ % LEVEL_EVERY_FRAMES === 0) this.patch({ level });
          if (this.endpoint?.feed(level)) this.stop();
        },
      });
    } catch (fault) {
      if (this.wanted !== mode) return;
      this.wanted = "off";
      this.patch({ mode: "off", opening: false, problem: fault instanceof MicError ? fault.problem : "failed" });
      return;
    }
    if (this.wanted !== mode || this.stream !== stream) {
      ears.stop();
      return;
    }
    this.ears = ears;
    this.app.link.send({ type: "listen", stream, mode, sample_rate: ears.sampleRate, lang: this.langHint() });
    this.patch({ opening: false });
    this.app.store.set({ presence: "listening" });
  }

  /** Say which language is spoken only when just one can be heard; otherwise the server recognises it. */
  private langHint(): "en" | "zh" | null {
    const { welcome, lang } = this.app.state;
    return welcome?.listening[lang] ? lang : null;
  }

  private close(): void {
    if (!this.ears) return;
    this.ears.stop();
    this.ears = null;
    this.app.link.send({ type: "listen_end", stream: this.stream });
  }

  private patch(patch: Partial<Mic>): void {
    this.app.store.set(({ mic }) => ({ mic: { ...mic, ...patch } }));
  }
}
