/** The player's processor, block by block: what a duck, a hold and a flush do to the samples. */

import { beforeAll, describe, expect, it } from "vitest";

const RATE = 16_000;
const BLOCK = 128;

interface Processor {
  port: { onmessage: (event: { data: object }) => void; posted: Record<string, unknown>[] };
  process(inputs: unknown, outputs: Float32Array[][]): boolean;
}

let make: new () => Processor;

beforeAll(async () => {
  class Port {
    posted: object[] = [];
    postMessage(message: object): void {
      this.posted.push(message);
    }
  }
  Object.assign(globalThis, {
    sampleRate: RATE,
    currentTime: 0,
    AudioWorkletProcessor: class {
      port = new Port();
    },
    registerProcessor: (_: string, processor: new () => Processor) => {
      make = processor;
    },
  });
  // @ts-expect-error: the worklet is plain JavaScript
  await import("../src/client/player.worklet.js");
});

/** A ramp, so that every sample tells its place: sample n is n / 16000. */
function playing(): { run: (blocks: number) => number[]; tell: (message: object) => void; node: Processor } {
  const node = new make();
  const tell = (message: object) => node.port.onmessage({ data: message });
  tell({ kind: "push", utterance: 1, rate: RATE, samples: Float32Array.from({ length: RATE }, (_, n) => n / RATE) });
  const run = (blocks: number) => {
    const heard: number[] = [];
    for (let block = 0; block < blocks; block++) {
      const out = new Float32Array(BLOCK);
      node.process([], [[out]]);
      heard.push(...out);
    }
    return heard;
  };
  return { run, tell, node };
}

describe("the player", () => {
  it("plays softer after a fade of 20 ms and goes on in time", () => {
    const { run, tell } = playing();
    run(10);
    tell({ kind: "duck", utterance: 1, gain: 0.25 });
    const heard = run(10);
    const at = 10 * BLOCK + 1000;
    expect(heard[1000]).toBeCloseTo((0.25 * at) / RATE, 4);
    expect(Math.max(...heard.map((value, n) => (n === 0 ? 0 : Math.abs(value - heard[n - 1]!))))).toBeLessThan(0.01);
  });

  it("waits in silence at gain 0 and loses no sample", () => {
    const { run, tell, node } = playing();
    run(10);
    tell({ kind: "duck", utterance: 1, gain: 0 });
    run(6);
    const held = run(50);
    expect(held.every((value) => value === 0)).toBe(true);
    const still = node.port.posted.filter((one) => one.kind === "at").slice(-2);
    expect(still[0]!.seconds).toBe(still[1]!.seconds);
    expect(still[1]!.moving).toBe(false);
    tell({ kind: "duck", utterance: 1, gain: 1 });
    const heard = run(4);
    const stopped = still[1]!.seconds as number;
    expect(heard.at(-1)).toBeCloseTo(stopped + (4 * BLOCK - 1) / RATE, 3);
  });

  it("drops a waiting utterance at once when it is flushed", () => {
    const { run, tell, node } = playing();
    run(10);
    tell({ kind: "duck", utterance: 1, gain: 0 });
    run(10);
    tell({ kind: "flush", utterance: 1 });
    expect(node.port.posted.at(-1)).toMatchObject({ kind: "done", utterance: 1, flushed: true });
    expect(run(3).every((value) => value === 0)).toBe(true);
  });
});
