/** Captions and mouth, from the moment that is audible; whole sentences where nothing is heard. */

import type { Store } from "../client/store";
import { pieceAt } from "../client/track";
import type { Voice } from "../client/voice";
import type { Lang, State } from "./state";

export class Captions {
  /** The mouth shape that is audible now. */
  viseme = "sil";

  constructor(
    private readonly store: Store<State>,
    private readonly voice: Voice,
  ) {}

  /** On every animation frame. */
  tick(): void {
    this.voice.tick();
    const audible = this.voice.now();
    this.viseme = audible ? audible.track.visemeAt(audible.seconds) : "sil";
    if (!audible) return;
    const { track, seconds } = audible;
    const pieces = track.piecesOf(track.clauseAt(seconds));
    if (pieces.length === 0) return;
    const current = pieceAt(pieces, seconds);
    const shown = this.store.state.caption;
    if (shown?.pieces !== pieces || shown.current !== current) {
      this.store.set({ caption: { pieces, current, lang: track.lang }, presence: "speaking" });
    }
  }

  /** A caption for what is not (yet) heard: shown whole, nothing lit. */
  whole(text: string, lang: Lang): void {
    if (this.voice.now()) return;
    this.store.set({ caption: { pieces: [{ text, start_s: 0, end_s: 0 }], current: -1, lang } });
  }

  /** The first clause of an utterance, before it is heard. */
  ahead(utterance: number): void {
    const track = this.voice.trackOf(utterance);
    if (!track || this.voice.now()) return;
    const pieces = track.piecesOf(0);
    if (this.store.state.caption?.pieces !== pieces) {
      this.store.set({ caption: { pieces, current: -1, lang: track.lang } });
    }
  }

  /** All that is to be heard has been heard. */
  finish(): void {
    const { caption, presence } = this.store.state;
    if (caption) this.store.set({ caption: { ...caption, current: caption.pieces.length } });
    const listening = this.store.state.mic.mode === "open";
    if (!this.voice.busy && presence === "speaking") this.store.set({ presence: listening ? "listening" : "idle" });
  }
}
