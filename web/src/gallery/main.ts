/** Worlds of books that readers may enter now: `/gallery.html`, `?lang=zh`. */

import "./gallery.css";

interface Kept {
  readonly hash: string;
  readonly picture: string;
  readonly title: string;
  readonly record_id: string;
  readonly label: "ai" | "algorithmic";
}

const asked = new URLSearchParams(location.search);
const zh = (asked.get("lang") ?? navigator.language).toLowerCase().startsWith("zh");
const say = (en: string, chinese: string): string => (zh ? chinese : en);
const holder = document.querySelector<HTMLElement>("#gallery") as HTMLElement;
document.documentElement.lang = zh ? "zh" : "en";

function card(world: Kept): HTMLElement {
  const link = document.createElement("a");
  link.href = `/world.html?${new URLSearchParams({ hash: world.hash, lang: zh ? "zh" : "en" })}`;
  const picture = document.createElement("img");
  picture.src = world.picture;
  picture.alt = "";
  picture.loading = "lazy";
  const title = document.createElement("strong");
  title.textContent = world.title;
  link.append(picture, title);
  const item = document.createElement("li");
  item.append(link);
  return item;
}

async function start(): Promise<void> {
  const answer = await fetch("/v1/worlds");
  if (!answer.ok) throw new Error(`the list of worlds: ${answer.status}`);
  const worlds = (await answer.json()) as Kept[];
  const heading = document.createElement("h1");
  heading.textContent = say("Worlds of books", "书中世界");
  const line = document.createElement("p");
  line.textContent = worlds.length
    ? say("Step into one.", "点按进入。")
    : say("No world is open yet: ask for one at a book.", "还没有开放的世界：在图书页面请求打开一个。");
  const list = document.createElement("ul");
  list.append(...worlds.map(card));
  holder.replaceChildren(heading, line, list);
  holder.dataset.ready = "1";
}

start().catch((fault: unknown) => {
  console.warn("the gallery cannot be shown", fault);
  holder.textContent = say("The worlds cannot be shown now.", "暂时无法显示。");
});
