import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Company } from "../src/client/company";
import type { PoseRecord } from "../src/client/poses";
import type { ToClient } from "../src/messages";

const golden = (type: string): ToClient =>
  JSON.parse(readFileSync(new URL(`../../tests/golden/${type}.json`, import.meta.url), "utf-8")) as ToClient;
const pose = (number: number): PoseRecord => ({
  number, eastM: 1, northM: 2, headingDeg: null, gesture: "none", role: "reader", virtual: false,
});

function entered(): Company {
  const company = new Company();
  company.take(golden("entered"), 0);
  return company;
}

describe("being with others", () => {
  it("takes every message about others, and no other", () => {
    const about = "entered people joined said overheard emoted pinned unpinned notes noted note_removed tour moderated parted left";
    for (const type of about.split(" ")) expect(new Company().take(golden(type), 0), type).toBe(true);
    for (const type of ["answer", "route", "welcome"]) expect(new Company().take(golden(type), 0), type).toBe(false);
  });

  it("says each thing once, also when it is told again", () => {
    const company = entered();
    company.take(golden("said"), 0);
    company.take(golden("said"), 1);
    expect(company.lines.map((line) => [line.name, line.text])).toEqual([["Ada", "Here it is!"]]);
  });

  it("shows pins for their time, and knows whose they are", () => {
    const company = entered();
    company.take(golden("pinned"), 1000);
    expect(company.tick(20_999)).toBe(false);
    expect(company.pins.size).toBe(1);
    expect(company.tick(21_000)).toBe(true);
    company.take(golden("pinned"), 0);
    company.take({ ...golden("unpinned"), number: 8 } as ToClient, 0);
    expect(company.pins.size).toBe(1);
    company.take(golden("unpinned"), 0);
    expect(company.pins.size).toBe(0);
  });

  it("draws everybody but oneself, and forgets who is gone", () => {
    const company = entered();
    company.takePoses({ level: 1, poses: [pose(7), pose(9)], gone: [], full: true, tick: 1 });
    expect([...company.seen.keys()]).toEqual([9]);
    company.takePoses({ level: 1, poses: [pose(10)], gone: [9], full: false, tick: 2 });
    expect([...company.seen.keys()]).toEqual([10]);
    company.takePoses({ level: 2, poses: [], gone: [], full: true, tick: 3 });
    expect(company.seen.size).toBe(0);
  });

  it("keeps notes, the tour, and silence that staff asked for", () => {
    const company = entered();
    company.take(golden("notes"), 0);
    expect([...company.notes.values()].map((note) => note.author_name.zh)).toEqual(["安静的鹭"]);
    company.take({ type: "note_removed", of: "x", note: "5f0c2a9e41d3b7a8" }, 0);
    expect(company.notes.size).toBe(0);
    company.take(golden("tour"), 0);
    expect(company.tour?.followers).toBe(3);
    company.take({ ...golden("tour"), phase: "ended" } as ToClient, 0);
    expect(company.tour).toBeNull();
    company.take({ ...golden("moderated"), of: null } as ToClient, 1000);
    expect(company.mutedUntilMs).toBe(301_000);
    company.take({ ...golden("moderated"), of: null, act: "unmute" } as ToClient, 2000);
    expect(company.mutedUntilMs).toBe(0);
  });

  it("keeps what was said when the line breaks, and no more than a hundred lines", () => {
    const company = entered();
    for (let n = 0; n < 120; n += 1) company.take({ type: "said", of: `c${n}`, number: 9, name: "Ada", text: `${n}` }, 0);
    company.take(golden("left"), 0);
    expect(company.entered).toBeNull();
    expect(company.lines.length).toBe(100);
    expect(company.lines.at(-1)?.text).toBe("119");
  });
});
