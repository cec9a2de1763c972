import { describe, expect, it } from "vitest";
import { findDesk } from "../src/kiosk/desk";
import { enter, isOwnMachine, readEntry, wayAddress } from "../src/kiosk/entry";
import type { PinBody, PlanBody } from "../src/messages";

const WAY = {
  to: { record_id: "demo 1/2" },
  from: { east_m: 3.62504, north_m: -14.1, level: 0, heading_deg: null },
  profile: "step-free" as const,
  lang: "zh" as const,
};

describe("a way to take along", () => {
  it("is read as it was written", () => {
    const url = wayAddress(WAY, "https://library.example/kiosk#key=k1", "http://127.0.0.1:8765/?lang=en#x");
    expect(url.origin + url.pathname).toBe("https://library.example/kiosk");
    const { key, way } = readEntry(url.hash);
    expect(key).toBe("k1");
    expect(way).toEqual({ ...WAY, from: { ...WAY.from, east_m: 3.625 } });
  });

  it("opens this page when the server names no other", () => {
    expect(wayAddress(WAY, "", "http://10.0.0.5:8765/?lang=en").href).toMatch(/^http:\/\/10\.0\.0\.5:8765\/#record=demo/);
    expect(wayAddress(WAY, "#key=k", "http://10.0.0.5/a").hash).toContain("key=k");
  });

  it.each(["", "#", "#from=1,2,3", "#%E0%A4%A", "#to=", "#lang=zh"])("is none in %j", (hash) => {
    expect(readEntry(hash).way).toBeNull();
  });

  it("starts where the library says when its start makes no sense", () => {
    for (const from of ["1,2", "a,b,c", "1,2,3,4", ""]) expect(readEntry(`#to=x&from=${from}`).way?.from).toBeNull();
  });
});

describe("the key", () => {
  const tab = () => {
    const kept = new Map<string, string>();
    return { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => void kept.set(k, v) } as Storage;
  };
  const at = (hash: string) => ({ hash, pathname: "/", search: "?lang=en" }) as Location;

  it("is kept for the tab and taken out of the address", () => {
    const store = tab();
    const shown: string[] = [];
    expect(enter(at("#key=secret&to=cafe"), store, (url) => shown.push(url)).key).toBe("secret");
    expect(shown).toEqual(["/?lang=en#to=cafe"]);
    expect(enter(at(""), store, (url) => shown.push(url))).toEqual({ key: "secret", way: null });
    expect(shown).toHaveLength(1);
  });

  it("is not needed, and neither is a place to keep it", () => {
    expect(enter(at(""), null, () => undefined).key).toBeNull();
    expect(enter(at("#key=k"), null, () => undefined).key).toBe("k");
  });
});

it("tells addresses that only this machine can open", () => {
  const own = ["http://localhost:1/", "http://127.0.0.1/", "http://[::1]:8/"].map((url) => isOwnMachine(new URL(url)));
  const open = ["http://10.0.0.5/", "https://library.example/"].map((url) => isOwnMachine(new URL(url)));
  expect([own, open]).toEqual([[true, true, true], [false, false]]);
});

describe("the desk to ask at", () => {
  const pin = (id: string, category: string, level: number, east: number): PinBody => ({
    id, category, level, kind: "amenity", name: { en: id }, point: [east, 0],
  });
  const plan = (...pins: PinBody[]) => ({ pins }) as unknown as PlanBody;
  const here = { east_m: 0, north_m: 0, level: 1, heading_deg: null };

  it("is an information desk before any other, the nearest of them", () => {
    const pins = [pin("r", "reception.desk", 1, 0), pin("far", "information", 0, 1), pin("near", "information", 1, 30)];
    expect(findDesk(plan(...pins), here)?.id).toBe("near");
    expect(findDesk(plan(pins[0] as PinBody), here)?.id).toBe("r");
  });

  it("may be missing", () => {
    expect(findDesk(plan(pin("t", "restroom", 0, 0)), here)).toBeNull();
    expect(findDesk(null, null)).toBeNull();
  });
});
