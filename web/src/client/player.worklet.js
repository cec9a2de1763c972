/**
 * Plays utterances one after another, each at its own sample rate, and tells how far it is. When samples are late the
 * utterance's clock stands still, so captions and mouth stay with the voice. Runs in the audio thread.
 *
 * In:  {kind: "push", utterance, rate, samples: Float32Array} | {kind: "end", utterance} | {kind: "flush", utterance}
 *      | {kind: "duck", utterance, gain}: softer or as before; at 0 it fades out and waits there
 * Out: {kind: "at", utterance, seconds, time, moving} | {kind: "done", utterance, seconds, time, flushed}
 */
const FADE_S = 0.02;
const PREROLL_S = 0.06;
const REPORT_BLOCKS = 6;

class Player extends AudioWorkletProcessor {
  constructor() {
    super();
    this.queue = [];
    this.blocks = 0;
    this.port.onmessage = (event) => this.take(event.data);
  }

  take(message) {
    let entry = this.queue.find((one) => one.utterance === message.utterance);
    if (message.kind === "push") {
      if (!entry) {
        entry = { utterance: message.utterance, rate: message.rate, data: new Float32Array(1 << 16), length: 0 };
        Object.assign(entry, { at: 0, ended: false, waiting: true, fade: -1, gain: 1, wanted: 1 });
        this.queue.push(entry);
      }
      this.append(entry, message.samples);
    } else if (entry && message.kind === "end") {
      entry.ended = true;
    } else if (entry && message.kind === "duck") {
      entry.wanted = message.gain;
    } else if (entry && message.kind === "flush") {
      if (entry === this.queue[0] && entry.at > 0 && !entry.waiting && entry.gain > 0) entry.fade = Math.round(FADE_S * sampleRate);
      else this.finish(entry, true);
    }
  }

  append(entry, samples) {
    if (entry.length + samples.length > entry.data.length) {
      const grown = new Float32Array(Math.max(entry.data.length * 2, entry.length + samples.length));
      grown.set(entry.data.subarray(0, entry.length));
      entry.data = grown;
    }
    entry.data.set(samples, entry.length);
    entry.length += samples.length;
  }

  finish(entry, flushed) {
    this.queue = this.queue.filter((one) => one !== entry);
    const seconds = Math.min(entry.at, entry.length) / entry.rate;
    this.port.postMessage({ kind: "done", utterance: entry.utterance, seconds, time: currentTime, flushed });
  }

  process(_inputs, outputs) {
    const out = outputs[0][0];
    const entry = this.queue[0];
    if (!entry) return true;
    if (entry.waiting && (entry.ended || entry.length - entry.at >= PREROLL_S * entry.rate)) entry.waiting = false;
    const held = entry.wanted === 0 && entry.gain === 0;
    if (!entry.waiting && !held) this.fill(entry, out);
    if (++this.blocks % REPORT_BLOCKS === 0 && this.queue[0] === entry) {
      const seconds = entry.at / entry.rate;
      const time = currentTime + out.length / sampleRate;
      this.port.postMessage({ kind: "at", utterance: entry.utterance, seconds, time, moving: !entry.waiting && !held });
    }
    return true;
  }

  fill(entry, out) {
    const step = entry.rate / sampleRate;
    for (let index = 0; index < out.length; index++) {
      if (entry.at >= entry.length && entry.ended) {
        this.finish(entry, false);
        return;
      }
      if (entry.at + 2 >= entry.length && !entry.ended) {
        entry.waiting = true;
        return;
      }
      if (entry.gain !== entry.wanted) entry.gain = toward(entry.gain, entry.wanted, 1 / (FADE_S * sampleRate));
      if (entry.gain === 0 && entry.wanted === 0) return;
      let gain = entry.gain;
      if (entry.fade >= 0) {
        if (entry.fade === 0) {
          this.finish(entry, true);
          return;
        }
        gain *= entry.fade / (FADE_S * sampleRate);
        entry.fade -= 1;
      }
      out[index] = gain * between(entry.data, entry.length, entry.at);
      entry.at += step;
    }
  }
}

/** One step from a gain to the wanted one. */
function toward(gain, wanted, step) {
  return gain < wanted ? Math.min(wanted, gain + step) : Math.max(wanted, gain - step);
}

/** The value at a fractional sample, by a cubic through its four neighbours. */
function between(data, length, at) {
  const i = Math.floor(at);
  const t = at - i;
  const b = data[i];
  const a = i > 0 ? data[i - 1] : b;
  const c = i + 1 < length ? data[i + 1] : 0;
  const d = i + 2 < length ? data[i + 2] : 0;
  const bend = 3 * (b - c) + d - a;
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * bend));
}

registerProcessor("shelfway-player", Player);
