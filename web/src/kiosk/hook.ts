/** `window.__shelfway`: what browser tests may look at. It only reads, apart from breaking the line. */

import type { App } from "./app";

export interface Snapshot {
  readonly connected: boolean;
  readonly session: string | null;
  readonly lang: string;
  readonly presence: string;
  /** Id and audible seconds of the utterance that is heard; null when silent. */
  readonly utterance: number | null;
  readonly played_s: number | null;
  readonly viseme: string;
  /** Index of the caption's piece that is spoken, and the caption's text. */
  readonly word: number | null;
  readonly caption: string;
  readonly mic: string;
  readonly level: number;
  readonly here: { east_m: number; north_m: number; level: number } | null;
  readonly revision: number | null;
  readonly remaining_m: number | null;
  readonly walking: boolean;
  readonly arrived: boolean;
  readonly turns: number;
}

declare global {
  interface Window {
    __shelfway: {
      snapshot(): Snapshot;
      /** Loudness of what is played now, 0 when silent. */
      rms(): number;
      /** Break the connection as a bad network would. */
      drop(): void;
    };
  }
}

export function exposeHook(app: App): void {
  window.__shelfway = {
    snapshot: () => {
      const { state } = app;
      const audible = app.voice.now();
      return {
        connected: state.link === "open",
        session: state.welcome?.session ?? null,
        lang: state.lang,
        presence: state.presence,
        utterance: audible?.track.utterance ?? null,
        played_s: audible?.seconds ?? null,
        viseme: app.captions.viseme,
        word: state.caption?.current ?? null,
        caption: state.caption?.pieces.map((piece) => piece.text).join("") ?? "",
        mic: state.mic.opening ? "opening" : state.mic.mode,
        level: state.level,
        here: state.here,
        revision: state.guiding?.revision ?? null,
        remaining_m: state.guiding?.progress?.remaining_m ?? state.guiding?.route.length_m ?? null,
        walking: state.walk.running,
        arrived: state.guiding?.arrived != null,
        turns: state.turns.length,
      };
    },
    rms: () => app.voice.rms(),
    drop: () => app.link.drop(),
  };
}
