/** Binary audio frames of the wire (`wire/audio.py`): a header of fixed offsets, then PCM16 samples, little-endian. */

import { AUDIO } from "../messages";

export interface AudioFrame {
  readonly stream: number;
  readonly sequence: number;
  /** Index of the first sample since the start of the stream. */
  readonly firstSample: number;
  readonly sampleRate: number;
  readonly samples: Int16Array;
}

/** The bytes of a mono PCM16 frame. */
export function encodeAudio(frame: AudioFrame): ArrayBuffer {
  const bytes = new ArrayBuffer(AUDIO.headerBytes + frame.samples.length * 2);
  const view = new DataView(bytes);
  view.setUint8(0, AUDIO.kind);
  view.setUint8(1, AUDIO.version);
  view.setUint8(2, AUDIO.pcm16);
  view.setUint8(AUDIO.channelsAt, 1);
  view.setUint32(AUDIO.streamAt, frame.stream, true);
  view.setUint32(AUDIO.sequenceAt, frame.sequence, true);
  view.setBigUint64(AUDIO.firstSampleAt, BigInt(frame.firstSample), true);
  view.setUint32(AUDIO.sampleRateAt, frame.sampleRate, true);
  frame.samples.forEach((sample, index) => view.setInt16(AUDIO.headerBytes + index * 2, sample, true));
  return bytes;
}

/** The frame in these bytes, its first channel if there are several; null for what is no audio frame we can play. */
export function decodeAudio(bytes: ArrayBuffer): AudioFrame | null {
  if (bytes.byteLength < AUDIO.headerBytes) return null;
  const view = new DataView(bytes);
  const channels = view.getUint8(AUDIO.channelsAt);
  if (view.getUint8(0) !== AUDIO.kind || view.getUint8(1) !== AUDIO.version) return null;
  if (view.getUint8(2) !== AUDIO.pcm16 || channels < 1) return null;
  const count = Math.floor((bytes.byteLength - AUDIO.headerBytes) / (2 * channels));
  const samples = new Int16Array(count);
  for (let index = 0; index < count; index++) {
    samples[index] = view.getInt16(AUDIO.headerBytes + index * 2 * channels, true);
  }
  return {
    stream: view.getUint32(AUDIO.streamAt, true),
    sequence: view.getUint32(AUDIO.sequenceAt, true),
    firstSample: Number(view.getBigUint64(AUDIO.firstSampleAt, true)),
    sampleRate: view.getUint32(AUDIO.sampleRateAt, true),
    samples,
  };
}
