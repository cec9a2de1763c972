/**
 * The world of a book: `/world.html?record=ID`, `?shelf=WORDS`, `?idea=WORDS` or `?hash=HASH` for one that is kept;
 * `?lang=zh`. Quotations open when touched, portals lead to related books' worlds and back to the shelf.
 */

import { Link } from "../client/socket";
import type { ToClient } from "../messages";
import { type Hotspot, WorldStage } from "./stage";
import "./world.css";

const asked = new URLSearchParams(location.search);
const zh = (asked.get("lang") ?? navigator.language).toLowerCase().startsWith("zh");
const say = (en: string, chinese: string): string => (zh ? chinese : en);
const holder = document.querySelector<HTMLElement>("#world") as HTMLElement;
document.documentElement.lang = zh ? "zh" : "en";

function part<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  holder.append(made);
  return made;
}

const preview = part("img", "preview");
preview.alt = "";
preview.hidden = true;
const card = part("section", "card");
card.hidden = true;
card.setAttribute("aria-live", "polite");
const line = part("p", "line");
line.setAttribute("role", "status");
line.dataset.testid = "line";
line.textContent = say("Opening the world…", "正在打开书中世界…");

function hint(): void {
  line.textContent = say("Drag to look round, tap what you see.", "拖动环视，点按所见之物。");
}

function show(spot: Hotspot): void {
  card.replaceChildren();
  const words = document.createElement("p");
  const source = document.createElement("footer");
  if (spot.kind === "quote") {
    words.textContent = zh ? `「${spot.text}」` : `“${spot.text}”`;
    source.textContent = `— ${spot.source}`;
  } else if (spot.kind === "title") {
    words.textContent = spot.title;
    source.textContent = spot.byline;
  }
  const close = document.createElement("button");
  close.textContent = say("Close", "关闭");
  close.addEventListener("click", () => (card.hidden = true));
  card.append(words, source, close);
  card.hidden = false;
  close.focus();
}

/** The address of the world behind a portal, or of the way to the shelf. */
function through(spot: Hotspot & { kind: "portal" }): string {
  const lang = zh ? "zh" : "en";
  if (spot.to === "record") return `/world.html?${new URLSearchParams({ record: spot.record_id, lang })}`;
  return spot.record_id ? `/twin.html?${new URLSearchParams({ record: spot.record_id, lang })}` : `/gallery.html?lang=${lang}`;
}

function listen(stage: WorldStage): void {
  let from: { x: number; y: number; moved: number } | null = null;
  const canvas = stage.canvas;
  canvas.setAttribute("aria-label", say("The world of a book; arrow keys turn", "书中世界；方向键可转动视角"));
  canvas.addEventListener("pointerdown", (event) => {
    from = { x: event.clientX, y: event.clientY, moved: 0 };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [right, down] = [event.clientX - from.x, event.clientY - from.y];
    stage.turn(right * stage.degreesPerPixel, down * stage.degreesPerPixel);
    from = { x: event.clientX, y: event.clientY, moved: from.moved + Math.hypot(right, down) };
  });
  canvas.addEventListener("pointerup", (event) => {
    const tapped = from !== null && from.moved < 6;
    from = null;
    const spot = tapped ? stage.touch(event.clientX, event.clientY) : null;
    if (spot?.kind === "portal") location.assign(through(spot));
    else if (spot) show(spot);
  });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    stage.zoom(event.deltaY > 0 ? 1.06 : 1 / 1.06);
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    if (stage.key(event.key)) event.preventDefault();
  });
}

async function enter(stage: WorldStage, url: string, title: string): Promise<void> {
  await stage.enter(url);
  preview.hidden = true;
  if (title) document.title = `${title} · Shelfway`;
  holder.dataset.ready = "1";
  hint();
}

function open(stage: WorldStage): void {
  const wanted = { record_id: asked.get("record"), shelf: asked.get("shelf"), idea: asked.get("idea") };
  const failed = (text: string): void => void (line.textContent = text);
  const link: Link = new Link({
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/v1/ws`,
    hello: () => ({
      type: "hello", version: 1, client: "browser", languages: [zh ? "zh" : "en"], capabilities: [],
      token: new URLSearchParams(location.hash.slice(1)).get("token"),
    }),
    onMessage: (message: ToClient) => {
      if (message.type === "welcome") link.send({ type: "open_world", id: "world", lang: zh ? "zh" : "en", ...wanted });
      if (message.type === "world_queued" && message.position > 0)
        line.textContent = say(`${message.position} before this one, about ${Math.ceil(message.wait_s)} s`, `前面还有 ${message.position} 个，约 ${Math.ceil(message.wait_s)} 秒`);
      if (message.type === "world_progress")
        line.textContent = say(`Painting, ${message.done} of ${message.steps}`, `正在绘制 ${message.done}/${message.steps}`);
      if (message.type === "world_preview") {
        preview.src = `data:image/jpeg;base64,${message.jpeg}`;
        preview.hidden = false;
      }
      if (message.type === "world_ready") {
        link.close();
        enter(stage, message.url, message.title).catch(() => failed(say("The world cannot be shown.", "无法显示这个世界。")));
      }
      if (message.type === "error") failed(message.message);
    },
    onBytes: () => undefined,
    onStatus: () => undefined,
  });
  link.connect();
}

async function start(): Promise<void> {
  const stage = new WorldStage(holder);
  listen(stage);
  const hash = asked.get("hash");
  if (hash && /^[0-9a-f]{64}$/.test(hash)) await enter(stage, `/store/${hash}.glb`, "");
  else open(stage);
}

start().catch((fault: unknown) => {
  console.warn("the world cannot be shown", fault);
  line.textContent = say("The world cannot be shown on this device.", "此设备无法显示这个世界。");
});
