/** Pose frames against the golden file that Python writes and reads. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodePoses, encodePose } from "../src/client/poses";

interface Golden {
  readonly hex: string;
  readonly frame: { level: number; full: boolean; tick: number; gone: number[]; poses: Record<string, unknown>[] };
}

const FILE = join(import.meta.dirname, "../../tests/golden/frames/poses.json");
const golden = Object.entries(JSON.parse(readFileSync(FILE, "utf8")) as Record<string, Golden>);

function bytesOf(hex: string): ArrayBuffer {
  return Uint8Array.from(hex.match(/../g) ?? [], (two) => parseInt(two, 16)).buffer;
}

describe("pose frames", () => {
  it.each(golden)("%s is read", (_, { hex, frame }) => {
    const read = decodePoses(bytesOf(hex));
    expect(read).toEqual({
      ...frame,
      poses: frame.poses.map((pose) => ({
        number: pose["number"],
        eastM: pose["east_m"],
        northM: pose["north_m"],
        headingDeg: pose["heading_deg"],
        gesture: pose["gesture"],
        role: pose["role"],
        virtual: pose["virtual"],
      })),
    });
  });

  it("our own is written as Python writes it", () => {
    const own = golden.find(([name]) => name === "from a client");
    const written = encodePose(0, { eastM: 1.25, northM: -2.5, headingDeg: 90, gesture: "wave" });
    expect(Buffer.from(written).toString("hex")).toBe(own?.[1].hex);
  });

  it("anything else is none", () => {
    expect(decodePoses(new ArrayBuffer(3))).toBeNull();
    expect(decodePoses(bytesOf(`${golden[0]?.[1].hex}00`))).toBeNull();
    expect(decodePoses(bytesOf(`01${golden[0]?.[1].hex.slice(2)}`))).toBeNull();
  });
});
