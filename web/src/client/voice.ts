/**
 * The librarian's voice: one audio clock for samples, captions and mouth. `now()` gives the moment that is *audible*,
 * the samples played less the time they need to the loudspeaker.
 */

import type { SpeechClause, SpeechEnd, SpeechStart } from "../messages";
import type { AudioFrame } from "./frames";
import playerUrl from "./player.worklet.js?url";
import { Track } from "./track";

export interface Audible {
  readonly track: Track;
  readonly seconds: number;
}

export interface VoiceEvents {
  /** The utterance is over: `seconds` of it were heard. */
  readonly onDone: (utterance: number, seconds: number) => void;
  /** Sent each half second while something is heard. */
  readonly onPlayed: (utterance: number, seconds: number) => void;
}

interface Report {
  readonly kind: "at" | "done";
  readonly utterance: number;
  readonly seconds: number;
  readonly time: number;
  readonly moving?: boolean;
  readonly flushed?: boolean;
}

const REPORT_EVERY_S = 0.5;
const LONGEST_GAP_S = 2;

export class Voice {
  private context: AudioContext | null = null;
  private node: AudioWorkletNode | null = null;
  private analyser: AnalyserNode | null = null;
  private ready: Promise<void> | null = null;
  private readonly tracks = new Map<number, Track>();
  private readonly received = new Map<number, number>();
  private readonly dropped = new Set<number>();
  private report: Report | null = null;
  private lastSent = 0;
  private pending: (() => void)[] = [];

  constructor(private readonly events: VoiceEvents) {}

  /** Make or wake the audio clock. Browsers allow sound only after a gesture; call it from one as well. */
  async wake(): Promise<void> {
    this.ready ??= this.open().catch(() => {
      this.ready = null;
    });
    await this.ready;
    if (this.context?.state === "suspended") await Promise.race([this.context.resume(), pause(300)]);
  }

  /** Whether sound comes out; without it, captions show whole sentences. */
  get sounding(): boolean {
    return this.context?.state === "running" && this.node !== null;
  }

  start(message: SpeechStart): void {
    this.tracks.set(message.utterance, new Track(message.utterance, message.lang, message.of));
    this.received.set(message.utterance, 0);
    void this.wake();
  }

  clause(message: SpeechClause): void {
    this.tracks.get(message.utterance)?.add(message);
  }

  play(frame: AudioFrame): void {
    if (!this.tracks.has(frame.stream) || this.dropped.has(frame.stream)) return;
    const known = this.received.get(frame.stream) ?? 0;
    const gap = Math.max(0, Math.min(frame.firstSample - known, LONGEST_GAP_S * frame.sampleRate));
    const samples = new Float32Array(gap + frame.samples.length);
    frame.samples.forEach((value, index) => {
      samples[gap + index] = value / 32768;
    });
    this.received.set(frame.stream, frame.firstSample + frame.samples.length);
    this.post({ kind: "push", utterance: frame.stream, rate: frame.sampleRate, samples }, [samples.buffer]);
  }

  end(message: SpeechEnd): void {
    void this.wake().then(() => {
      if (this.sounding && this.received.get(message.utterance)) {
        this.post({ kind: "end", utterance: message.utterance });
        return;
      }
      // No sound here (no gesture yet, or no samples): the captions were read instead.
      this.post({ kind: "flush", utterance: message.utterance });
      this.close(message.utterance, message.duration_s);
    });
  }

  /** Stop this utterance at once (20 ms fade) and drop what is queued and still on its way. */
  flush(utterance: number): void {
    this.dropped.add(utterance);
    if (this.node) this.post({ kind: "flush", utterance });
    else this.close(utterance, 0);
  }

  /** Let an utterance be heard at this gain; at 0 it falls silent and waits where it is. */
  duck(utterance: number, gain: number): void {
    this.post({ kind: "duck", utterance, gain });
  }

  /** Stop everything that is heard or queued. */
  hush(): void {
    for (const utterance of [...this.tracks.keys()]) this.flush(utterance);
  }

  /** What is audible now; null when nothing is. */
  now(): Audible | null {
    const report = this.report;
    if (!report || !this.context) return null;
    const track = this.tracks.get(report.utterance);
    if (!track) return null;
    const since = report.moving === false ? 0 : this.context.currentTime - report.time;
    const seconds = Math.max(0, report.seconds + Math.min(since, 0.25) - this.latency());
    return { track, seconds };
  }

  /** Called on every animation frame: reports of what was heard, the end of an utterance at its audible end. */
  tick(): void {
    const audible = this.now();
    if (!audible || !this.report) return;
    const { utterance, kind, seconds, flushed } = this.report;
    if (kind === "done" && (flushed || audible.seconds >= seconds - 0.002)) {
      this.close(utterance, flushed ? audible.seconds : seconds);
    } else if (audible.seconds - this.lastSent >= REPORT_EVERY_S) {
      this.lastSent = audible.seconds;
      this.events.onPlayed(utterance, audible.seconds);
    }
  }

  /** Whether anything is heard or waits to be. */
  get busy(): boolean {
    return this.tracks.size > 0;
  }

  trackOf(utterance: number): Track | undefined {
    return this.tracks.get(utterance);
  }

  /** Loudness of what is played, root mean square of the last 43 ms; 0 when silent. */
  rms(): number {
    if (!this.analyser) return 0;
    const data = new Float32Array(this.analyser.fftSize);
    this.analyser.getFloatTimeDomainData(data);
    return Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
  }

  private close(utterance: number, seconds: number): void {
    if (!this.tracks.delete(utterance)) return;
    this.received.delete(utterance);
    this.report = null;
    this.lastSent = 0;
    this.events.onDone(utterance, seconds);
  }

  private latency(): number {
    const context = this.context;
    if (!context) return 0;
    const stamp = context.getOutputTimestamp?.();
    const measured = stamp?.contextTime ? context.currentTime - stamp.contextTime : context.outputLatency || 0;
    return Math.max(0, Math.min(measured, 0.5));
  }

  private post(message: object, transfer: Transferable[] = []): void {
    const send = () => this.node?.port.postMessage(message, transfer);
    if (this.node) send();
    else this.pending.push(send);
  }

  private async open(): Promise<void> {
    const context = new AudioContext({ latencyHint: "interactive" });
    await context.audioWorklet.addModule(playerUrl);
    const node = new AudioWorkletNode(context, "shelfway-player", { numberOfInputs: 0, outputChannelCount: [1] });
    const analyser = context.createAnalyser();
    analyser.fftSize = 2048;
    node.connect(analyser).connect(context.destination);
    node.port.onmessage = (event: MessageEvent<Report>) => this.take(event.data);
    this.context = context;
    this.node = node;
    this.analyser = analyser;
    for (const send of this.pending.splice(0)) send();
  }

  private take(report: Report): void {
    const current = this.report;
    if (current?.kind === "done" && current.utterance !== report.utterance) this.close(current.utterance, current.seconds);
    if (report.kind === "done" && current && current.utterance !== report.utterance) {
      this.forget(report.utterance);
      return;
    }
    this.report = report;
  }

  /** An utterance that was flushed before any of it was heard. */
  private forget(utterance: number): void {
    if (this.tracks.delete(utterance)) this.events.onDone(utterance, 0);
    this.received.delete(utterance);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
