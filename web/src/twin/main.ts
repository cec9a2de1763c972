/**
 * The 3-D view: `/twin.html`, `?to=PLACE` for the way to a shelf or a room, `?record=ID` to a book, `?lang=zh`. A tap on a shelf leads there.
 * The way comes from the same guidance as at the kiosk.
 */

import { Link } from "../client/socket";
import type { Route, ToClient } from "../messages";
import { Others } from "./others";
import { loadTwin, type TwinModel } from "./model";
import { SEAL, Stage } from "./stage";
import { drawWay, placesOf } from "./way";
import "./twin.css";

const asked = new URLSearchParams(location.search);
const zh = (asked.get("lang") ?? navigator.language).toLowerCase().startsWith("zh");
const say = (en: string, chinese: string): string => (zh ? chinese : en);
const holder = document.querySelector<HTMLElement>("#stage") as HTMLElement;
document.documentElement.lang = zh ? "zh" : "en";

const line = document.createElement("p");
line.className = "line";
line.setAttribute("role", "status");
line.dataset.testid = "line";
line.textContent = say("Loading the building…", "正在载入建筑…");
holder.append(line);

/** Buttons for the levels; the function they give shows a level and presses its button. */
function levelButtons(model: TwinModel, stage: Stage, shown: (level: number | null) => void): (level: number | null) => void {
  const row = document.createElement("nav");
  row.setAttribute("aria-label", say("Levels", "楼层"));
  const choices: (number | null)[] = [null, ...[...model.levels.keys()].sort((a, b) => b - a)];
  const choose = (level: number | null): void => {
    stage.showUpTo(level);
    shown(level);
    choices.forEach((one, index) => row.children[index]?.setAttribute("aria-pressed", String(one === level)));
  };
  for (const choice of choices) {
    const button = document.createElement("button");
    const names: Record<string, string> = choice === null ? {} : model.levels.get(choice)?.userData.short_names;
    const known = zh ? (names.zh ?? names["zh-Hans"]) : names.en;
    button.textContent = choice === null ? say("All", "全部") : (known ?? Object.values(names)[0] ?? String(choice));
    button.setAttribute("aria-pressed", String(choice === null));
    button.addEventListener("click", () => choose(choice));
    row.append(button);
  }
  holder.append(row);
  return choose;
}

function elevationsOf(model: TwinModel): Map<number, number> {
  return new Map([...model.levels].map(([level, node]) => [level, node.position.y]));
}

function show(route: Route, model: TwinModel, stage: Stage, choose: (level: number) => void): void {
  const elevations = elevationsOf(model);
  const { length_m: length, reason, points } = route.route;
  const name = (zh ? route.goal.zh : route.goal.en) ?? Object.values(route.goal)[0] ?? "";
  stage.lead(length === null ? null : drawWay(placesOf(points, elevations), SEAL));
  const shelf = route.range_id ? model.shelves.get(route.range_id) : undefined;
  const last = points.at(-1);
  if (last) choose(last[2]);
  stage.mark(shelf ?? null, route.bay);
  line.textContent = length === null ? (reason ?? "") : `${name} · ${Math.round(length)} ${say("m", "米")}`;
}

async function start(): Promise<void> {
  const model = await loadTwin("/twin/current.glb");
  const stage = new Stage(holder, model, say("The building. Arrow keys move the view.", "建筑。方向键移动视图。"));
  let link: Link | undefined;
  const others = new Others(holder, zh ? "zh" : "en", stage, () => link as Link, elevationsOf(model));
  const choose = levelButtons(model, stage, (level) => others.showUpTo(level));
  line.textContent = say("Tap a shelf to be led there.", "点按书架即可带路。");
  let count = 0;
  link = new Link({
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/v1/ws`,
    hello: () => ({
      type: "hello", version: 1, client: "browser", languages: [zh ? "zh" : "en"], capabilities: ["map", "poses"],
      token: new URLSearchParams(location.hash.slice(1)).get("token"),
    }),
    onMessage: (message: ToClient) => {
      if (message.type === "welcome" && (asked.get("to") ?? asked.get("record"))) lead(asked.get("to"), asked.get("record"));
      if (message.type === "route") show(message, model, stage, choose);
      others.take(message);
      if (message.type === "error") line.textContent = message.message;
    },
    onBytes: (bytes) => others.takeBytes(bytes),
    onStatus: (status) => status === "lost" && others.lost(),
  });
  const lead = (to: string | null, record_id: string | null = null): boolean | undefined =>
    link?.send({ type: "guide", id: `twin-${(count += 1)}`, to, record_id });
  let pressed = { x: 0, y: 0 };
  holder.addEventListener("pointerdown", ({ clientX: x, clientY: y }) => (pressed = { x, y }));
  holder.addEventListener("click", ({ clientX: x, clientY: y, target }) => {
    if (!(target instanceof HTMLCanvasElement) || Math.hypot(x - pressed.x, y - pressed.y) > 6) return;
    const place = others.pointing ? stage.place(x, y) : null;
    if (place) return others.pointAt(place.x, place.y, place.z);
    const found = stage.pick(x, y);
    if (!found) return;
    stage.mark(model.shelves.get(found.rangeId) ?? null, found.bay);
    line.textContent = found.rangeId;
    lead(found.rangeId);
  });
  link.connect();
}

start().catch((fault: unknown) => {
  console.warn("the 3-D view cannot be shown", fault);
  line.textContent = say("The 3-D view cannot be shown on this device.", "此设备无法显示三维视图。");
});
