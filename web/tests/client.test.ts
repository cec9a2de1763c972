import { describe, expect, it } from "vitest";
import { Endpoint } from "../src/client/endpoint";
import { decodeAudio, encodeAudio } from "../src/client/frames";
import { baySpan, crosses, inside, shelfQuad } from "../src/client/geometry";
import { Store } from "../src/client/store";
import { cutCaption, pieceAt, Track } from "../src/client/track";
import { CROSSING_S, headingOf, stepAside, Walker, WALKING_SPEED } from "../src/client/walker";
import { ahead } from "../src/kiosk/walking";
import { firstPart, stretches, walkedPart } from "../src/kiosk/map/route-layer";
import { between, fit, toMap, toScreen, zoomAt } from "../src/kiosk/map/camera";
import { lipsPath, MOUTHS, openingPath } from "../src/kiosk/face/mouth";

const word = (text: string, start_s: number, end_s: number) => ({ text, start_s, end_s });

describe("audio frames", () => {
  it("come back as they went", () => {
    const samples = Int16Array.from([0, 1, -1, 32767, -32768]);
    const frame = { stream: 7, sequence: 3, firstSample: 2 ** 33, sampleRate: 16000, samples };
    expect(decodeAudio(encodeAudio(frame))).toEqual(frame);
  });

  it("have the bytes of the wire, little-endian", () => {
    const bytes = new Uint8Array(
      encodeAudio({ stream: 1, sequence: 2, firstSample: 320, sampleRate: 16000, samples: Int16Array.of(258) }),
    );
    expect([...bytes]).toEqual([1, 1, 0, 1, 1, 0, 0, 0, 2, 0, 0, 0, 64, 1, 0, 0, 0, 0, 0, 0, 128, 62, 0, 0, 2, 1]);
  });

  it("are refused when they are none", () => {
    expect(decodeAudio(new ArrayBuffer(3))).toBeNull();
    const pose = encodeAudio({ stream: 1, sequence: 0, firstSample: 0, sampleRate: 8000, samples: Int16Array.of(1) });
    new DataView(pose).setUint8(0, 2);
    expect(decodeAudio(pose)).toBeNull();
  });
});

describe("captions", () => {
  it("are cut at the words and give the text back", () => {
    const text = "Fluent Python is here.";
    const pieces = cutCaption(text, [word("Fluent", 0, 0.4), word("Python", 0.4, 0.9), word("is", 0.9, 1), word("here", 1, 1.4)], 0, 1.5);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    expect(pieces.map((piece) => piece.text)).toEqual(["Fluent ", "Python ", "is ", "here."]);
    expect(pieceAt(pieces, 0.5)).toBe(1);
    expect(pieceAt(pieces, -1)).toBe(-1);
  });

  it("light up what is written otherwise than it is said, for as long as that is said", () => {
    const pieces = cutCaption("on 3A-22 now", [word("on", 0, 0.2), word("three", 0.2, 0.4), word("a", 0.4, 0.5), word("twenty", 0.5, 0.8), word("now", 1, 1.2)], 0, 1.3);
    expect(pieces.map((piece) => piece.text).join("")).toBe("on 3A-22 now");
    expect(pieces.every((piece) => piece.end_s >= piece.start_s)).toBe(true);
    expect(pieces.find((piece) => piece.text.includes("22"))?.start_s).toBeLessThanOrEqual(0.5);
  });

  it("work for Chinese, character by character", () => {
    const text = "在三层，书架。";
    const pieces = cutCaption(text, [..."在三层书架"].map((char, i) => word(char, i * 0.2, i * 0.2 + 0.2)), 0, 1);
    expect(pieces.map((piece) => piece.text)).toEqual(["在", "三", "层，", "书", "架。"]);
  });

  it("show everything when no word is known", () => {
    expect(cutCaption("Hello", [], 1, 2)).toEqual([{ text: "Hello", start_s: 1, end_s: 2 }]);
  });
});

describe("the track of an utterance", () => {
  const track = new Track(1, "en", "q");
  track.add({
    type: "speech_clause", utterance: 1, index: 0, text: "Hi", start_s: 0, end_s: 1, words: [word("Hi", 0, 1)],
    visemes: [{ name: "PP", start_s: 0, end_s: 0.2 }, { name: "aa", start_s: 0.3, end_s: 0.6 }], cues: [],
  });
  track.add({
    type: "speech_clause", utterance: 1, index: 1, text: "you", start_s: 1, end_s: 2, words: [], visemes: [{ name: "ou", start_s: 1.5, end_s: 1.8 }], cues: [],
  });

  it("knows the mouth at every moment", () => {
    expect([0, 0.1, 0.25, 0.3, 0.59, 0.6, 1.2, 1.6, 5].map((t) => track.visemeAt(t))).toEqual([
      "PP", "PP", "sil", "aa", "aa", "sil", "sil", "ou", "sil",
    ]);
  });

  it("knows the clause at every moment", () => {
    expect([0, 0.99, 1, 3].map((t) => track.clauseAt(t))).toEqual([0, 0, 1, 1]);
    expect(new Track(2, "en", "q").clauseAt(1)).toBe(-1);
  });
});

describe("the end of a spoken question", () => {
  it("comes after speech and quiet, not before speech", () => {
    const end = new Endpoint(1, 15);
    const feed = (level: number, frames: number) => Array.from({ length: frames }, () => end.feed(level)).some(Boolean);
    expect(feed(0.1, 200)).toBe(false);
    expect(feed(0.7, 50)).toBe(false);
    expect(feed(0.1, 40)).toBe(false);
    expect(feed(0.1, 15)).toBe(true);
  });
});

describe("the walker", () => {
  const start = { east_m: 0, north_m: 0, level: 0, heading_deg: null };

  it("walks at walking speed round corners", () => {
    const walker = new Walker([[3, 0, 0], [3, 4, 0]], start);
    walker.advance(5);
    expect(walker.at.east_m).toBeCloseTo(3);
    expect(walker.at.north_m).toBeCloseTo(4);
    expect(walker.at.heading_deg).toBeCloseTo(0);
    expect(walker.finished).toBe(true);
  });

  it("covers the same ground in many steps as in one", () => {
    const corners = [[2, 1, 0], [5, 1, 0], [5, 9, 0]] as const;
    const once = new Walker(corners, start);
    const often = new Walker(corners, start);
    once.advance(4);
    for (let i = 0; i < 240; i++) often.advance(1 / 60);
    expect(often.at.east_m).toBeCloseTo(once.at.east_m, 6);
    expect(often.at.north_m).toBeCloseTo(once.at.north_m, 6);
  });

  it("takes its time between levels and comes out on the other", () => {
    const walker = new Walker([[0, 0, 2], [0, 1.4, 2]], start);
    walker.advance(CROSSING_S - 0.1);
    expect(walker.at.level).toBe(0);
    walker.advance(1.1);
    expect(walker.at.level).toBe(2);
    expect(walker.at.north_m).toBeCloseTo(WALKING_SPEED);
  });

  it("steps aside only where there is room", () => {
    const spot = stepAside({ ...start, heading_deg: 0 }, (to) => to.east_m < -5);
    expect(spot?.east_m).toBeLessThan(-5);
    expect(stepAside(start, () => false)).toBeNull();
  });

  it("takes a way up in the middle", () => {
    const points = [[0, 0, 0], [10, 0, 0], [10, 10, 0]] as const;
    expect(ahead(points, { ...start, east_m: 4, north_m: 1 })).toEqual(points.slice(1));
    expect(ahead(points, { ...start, east_m: 10, north_m: 6 })).toEqual(points.slice(2));
  });

  it("looks where it goes", () => {
    expect([headingOf(0, 1), headingOf(1, 0), headingOf(0, -1), headingOf(-1, 0)]).toEqual([0, 90, 180, 270]);
  });
});

describe("the plan's geometry", () => {
  const square = [[[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]]] as const;

  it("knows inside from outside and from holes", () => {
    expect(inside(square, [3, 3])).toBe(true);
    expect(inside(square, [1.5, 1.5])).toBe(false);
    expect(inside(square, [5, 1])).toBe(false);
  });

  it("puts the shelf on the left of its books, the reader on the right", () => {
    expect(shelfQuad([0, 0], [2, 0], 0.5)[3]).toEqual([0, 0.5]);
    expect(baySpan([0, 0], [7, 0], 7, 3)).toEqual([[2, 0], [3, 0]]);
  });

  it("sees crossings", () => {
    expect(crosses([0, 0], [2, 2], [0, 2], [2, 0])).toBe(true);
    expect(crosses([0, 0], [1, 0], [0, 1], [1, 1])).toBe(false);
  });

  it("cuts a way by level, by length and at the reader", () => {
    expect(stretches([[0, 0, 0], [1, 0, 0], [1, 0, 1], [5, 0, 1]], 0)).toEqual([[[0, 0], [1, 0]]]);
    expect(firstPart([[[0, 0], [10, 0]]], 0.25)).toEqual([[[0, 0], [2.5, 0]]]);
    expect(walkedPart([[0, 0], [10, 0], [10, 10]], { east_m: 10.5, north_m: 3, level: 0, heading_deg: 0 })).toEqual([
      [0, 0], [10, 0], [10, 3],
    ]);
  });
});

describe("the camera", () => {
  const frame = { width: 800, height: 600, inset: [0, 0, 0, 0] as const };
  const camera = fit({ west: 0, south: 0, east: 80, north: 40 }, frame);

  it("maps there and back", () => {
    const [x, y] = toScreen(camera, [12.5, 7]);
    expect(toMap(camera, [x, y])[0]).toBeCloseTo(12.5);
    expect(toMap(camera, [x, y])[1]).toBeCloseTo(7);
    expect(camera.k).toBe(10);
  });

  it("keeps the point under the finger when it zooms", () => {
    const before = toMap(camera, [100, 200]);
    const after = toMap(zoomAt(camera, 2, [100, 200], [1, 100]), [100, 200]);
    expect(after[0]).toBeCloseTo(before[0]);
    expect(after[1]).toBeCloseTo(before[1]);
  });

  it("glides from one view to another", () => {
    const to = zoomAt(camera, 3, [50, 50], [1, 100]);
    expect(between(camera, to, 1, frame).k).toBeCloseTo(to.k);
    expect(between(camera, to, 1, frame).x).toBeCloseTo(to.x);
    expect(between(camera, to, 0, frame).y).toBeCloseTo(camera.y);
  });
});

describe("the mouth", () => {
  const names = ["sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "ih", "oh", "ou"];

  it("has a shape of its own for each of the 15 visemes", () => {
    expect(Object.keys(MOUTHS)).toEqual(names);
    expect(new Set(names.map((name) => JSON.stringify(MOUTHS[name]))).size).toBe(15);
    for (const shape of Object.values(MOUTHS)) {
      expect(lipsPath(shape)).not.toContain("NaN");
      expect(openingPath(shape)).not.toContain("NaN");
    }
  });
});

describe("the store", () => {
  it("tells of changes only", () => {
    const store = new Store({ a: 1, b: 2 });
    const told: number[] = [];
    const end = store.subscribe((state) => told.push(state.a));
    store.set({ a: 1 });
    store.set({ a: 2 });
    store.set(({ a }) => ({ a: a + 1 }));
    end();
    store.set({ a: 9 });
    expect(told).toEqual([2, 3]);
  });
});
