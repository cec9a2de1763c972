import { describe, expect, it } from "vitest";
import { iconOfCategory, iconOfStep } from "../src/kiosk/icons";
import { wrap } from "../src/kiosk/map/labels";
import { crossings } from "../src/kiosk/map/route-layer";
import { nameIn } from "../src/kiosk/state";
import { fill, statusName, strings } from "../src/kiosk/strings";
import { spine } from "../src/kiosk/views/conversation";

describe("texts", () => {
  it("say the same things in both languages, with the same places to fill", () => {
    const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const [key, text] of Object.entries(strings("en"))) {
      const other = strings("zh")[key as keyof ReturnType<typeof strings>];
      if (typeof text !== "string" || typeof other !== "string") continue;
      expect(other, key).not.toBe("");
      expect(places(other), key).toEqual(places(text));
    }
    expect(Object.keys(strings("zh").status)).toEqual(Object.keys(strings("en").status));
  });

  it("are filled in", () => {
    expect(fill("{n} m to {goal}, {other}", { n: 3, goal: "x" })).toBe("3 m to x, {other}");
    expect(statusName("zh", "On loan")).toBe("已借出");
    expect(statusName("en", "at the binder")).toBe("at the binder");
  });

  it("fall back to another language rather than to nothing", () => {
    expect(nameIn("zh", { "zh-Hans": "图书馆", en: "Library" })).toBe("图书馆");
    expect(nameIn("zh", { en: "Library" })).toBe("Library");
    expect(nameIn("en", {})).toBe("");
  });
});

describe("the spine label", () => {
  it.each([
    ["TP311.561/94", ["TP311.561", "94"]],
    ["QA76.73 .P98 R36 2022", ["QA76.73", ".P98", "R36", "2022"]],
    ["823.912 ORW", ["823.912", "ORW"]],
    ["", []],
  ])("of %j", (callNumber, lines) => expect(spine(callNumber)).toEqual(lines));
});

describe("names on the plan", () => {
  it("take one or two lines or stay away", () => {
    expect(wrap("Café", 10)).toEqual(["Café"]);
    expect(wrap("Newspaper Reading Room", 8)).toEqual(["Newspaper", "Reading Room"]);
    expect(wrap("Extraordinarily", 2)).toBeNull();
    expect(wrap("中文图书阅览室", 4)).toEqual(["中文图书", "阅览室"]);
  });
});

describe("crossings of a way", () => {
  const step = (kind: string, level: number, east_m: number) => ({
    text: "", kind, level, at_m: 0, distance_m: 0, east_m, north_m: 0,
  });
  const route = {
    length_m: 1, duration_s: 1, levels: [0, 1, 2], reason: null, start_moved_m: 0, goal_moved_m: 0,
    points: [[0, 0, 0], [5, 0, 0], [5, 0, 1], [5, 0, 2], [9, 0, 2]] as [number, number, number][],
    steps: [step("depart", 0, 0), step("take_elevator", 0, 5)],
  };

  it("join a ride past a level into one, with what takes one there", () => {
    expect(crossings(route)).toEqual([{ at: [5, 0], from: 0, to: 2, icon: "elevator" }]);
  });
});

describe("icons", () => {
  it("fit categories and steps", () => {
    expect(iconOfCategory("restroom.unisex.wheelchair")).toBe("wheelchair");
    expect(iconOfCategory("drinkingfountain")).toBe("water");
    expect(iconOfCategory("nonsense")).toBe("dot");
    expect(iconOfStep("turn", "在书架处右转")).toBe("turnRight");
    expect(iconOfStep("take_stairs", "")).toBe("stairs");
  });
});
