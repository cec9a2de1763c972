/** The microphone: opened when the reader asks for it, closed when the turn is over, never in between. */

import captureUrl from "./capture.worklet.js?url";

export type MicProblem = "denied" | "missing" | "insecure" | "failed";

export interface Ears {
  readonly sampleRate: number;
  stop(): void;
}

export interface EarsOptions {
  /** Echo cancellation, for listening while the librarian may speak. */
  readonly echo: boolean;
  /** A frame of 20 ms and its loudness, 0…1. */
  readonly onFrame: (samples: Int16Array, level: number) => void;
}

export class MicError extends Error {
  constructor(readonly problem: MicProblem) {
    super(`microphone: ${problem}`);
  }
}

const WANTED_RATE = 16_000;

/** Open the microphone. Throws MicError, naming why there is none. */
export async function openEars(options: EarsOptions): Promise<Ears> {
  if (!navigator.mediaDevices?.getUserMedia) throw new MicError("insecure");
  const stream = await navigator.mediaDevices
    .getUserMedia({
      audio: {
        channelCount: 1,
        echoCancellation: options.echo,
        noiseSuppression: false,
        autoGainControl: options.echo,
      },
    })
    .catch((fault: DOMException) => {
      throw new MicError(problemOf(fault));
    });
  try {
    const context = await listenAt(stream, WANTED_RATE).catch(() => listenAt(stream, undefined));
    const source = context.createMediaStreamSource(stream);
    const node = new AudioWorkletNode(context, "shelfway-capture", { numberOfOutputs: 0 });
    node.port.onmessage = (event: MessageEvent<ArrayBuffer>) => {
      const samples = new Int16Array(event.data);
      options.onFrame(samples, loudness(samples));
    };
    source.connect(node);
    return {
      sampleRate: context.sampleRate,
      stop: () => {
        node.port.onmessage = null;
        for (const track of stream.getTracks()) track.stop();
        void context.close();
      },
    };
  } catch {
    for (const track of stream.getTracks()) track.stop();
    throw new MicError("failed");
  }
}

/** A context that can take this stream; some browsers refuse a rate other than the device's. */
async function listenAt(stream: MediaStream, sampleRate: number | undefined): Promise<AudioContext> {
  const context = new AudioContext(sampleRate ? { sampleRate } : {});
  try {
    context.createMediaStreamSource(stream).disconnect();
    await context.audioWorklet.addModule(captureUrl);
    await context.resume();
    return context;
  } catch (fault) {
    await context.close();
    throw fault;
  }
}

function problemOf(fault: DOMException): MicProblem {
  if (fault.name === "NotAllowedError" || fault.name === "SecurityError") return "denied";
  if (fault.name === "NotFoundError" || fault.name === "OverconstrainedError") return "missing";
  return "failed";
}

/** Loudness for a meter, 0…1: −60 dB and below is 0, full scale is 1. */
export function loudness(samples: Int16Array): number {
  let sum = 0;
  for (const value of samples) sum += (value / 32768) ** 2;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  return Math.max(0, Math.min(1, 1 + Math.log10(Math.max(rms, 1e-6)) / 3));
}
