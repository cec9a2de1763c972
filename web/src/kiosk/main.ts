/** Starts the kiosk page: joins the parts, draws once per change, moves face and plan on every frame. */

import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/layout.css";
import "../styles/stage.css";
import "../styles/face.css";
import "../styles/map.css";
import "../styles/over-plan.css";
import "../styles/panel.css";
import "../styles/asking.css";
import "../styles/sheets.css";
import { render } from "lit";
import { App } from "./app";
import { enter } from "./entry";
import { Face } from "./face/face";
import { stepNow } from "./guidance";
import { exposeHook } from "./hook";
import { Idle } from "./idle";
import { Listening } from "./listening";
import { PlanView } from "./map/plan-view";
import { keepForOffline } from "./offline";
import { thingOf } from "./picking";
import { nameIn, type Lang } from "./state";
import { strings } from "./strings";
import type { Actions } from "./views/actions";
import { shell, tag } from "./views/shell";
import { Walking } from "./walking";

const query = new URLSearchParams(location.search);

const entry = enter(location, tabStorage(), (url) => history.replaceState(null, "", url));

/** Where the tab keeps its key; null where the browser keeps nothing. */
function tabStorage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

function firstLang(): Lang {
  const wish = query.get("lang") ?? entry.way?.lang ?? navigator.language;
  return wish.toLowerCase().startsWith("zh") ? "zh" : "en";
}

const scheme = location.protocol === "https:" ? "wss" : "ws";
const app = new App(`${scheme}://${location.host}/v1/ws`, firstLang(), entry);
const listening = new Listening(app);
const walking = new Walking(app);
const idle = new Idle(app);
const face = new Face();
const plan = new PlanView({
  onPick: pick,
  onMove: (spot, last) => app.moveTo(spot, last),
  onLevel: (level) => app.showLevel(level),
}, app.others.company);
const root = document.getElementById("root") as HTMLElement;

function pick(mark: string | null): void {
  const { plan: body, lang } = app.state;
  const thing = mark && body ? thingOf(body, mark, lang) : null;
  app.store.set({ picked: thing, directory: false, dialog: null });
  if (thing && app.state.level !== thing.level) app.showLevel(thing.level);
}

function focusInput(at: number): void {
  const input = document.getElementById("ask") as HTMLInputElement | null;
  input?.focus();
  input?.setSelectionRange(at, at);
}

const actions: Actions = {
  ask: (text) => app.ask(text),
  draft: (draft) => app.suggesting.typed(draft),
  suggestMove: (by) => app.suggesting.move(by),
  choose: (suggestion) => app.ask(suggestion.ask),
  send: () => app.send(),
  suggestClose: () => app.suggesting.close(),
  begin: (draft) => {
    app.store.set({ draft });
    draw();
    focusInput(draft.endsWith(" ") ? draft.length : 0);
  },
  setLang: (lang) => app.setLang(lang),
  setSpeech: (on) => app.setSpeech(on),
  hush: () => app.hush(),
  talkPress: () => listening.press(),
  talkRelease: () => listening.release(),
  toggleOpen: () => listening.toggleOpen(),
  guideItem: (item) => app.guideTo({ record_id: item.record_id }),
  guidePlace: (to) => app.guideTo({ to }),
  showItem: (item) => app.showItem(item),
  showPlace: (place) => app.showPlace(place),
  stopGuide: () => app.guidance.stop(),
  setProfile: (profile) => app.setProfile(profile),
  walk: () => walking.toggle(),
  walkSpeed: (speed) => walking.setSpeed(speed),
  leavePath: () => walking.leave(),
  showLevel: (level) => app.showLevel(level),
  zoom: (factor) => plan.zoom(factor),
  resetView: () => plan.reset(),
  toggleDirectory: () => app.store.set(({ directory }) => ({ directory: !directory, picked: null })),
  pick,
  openHelp: () => app.store.set({ dialog: "help", picked: null, directory: false }),
  openHandoff: () => app.openHandoff(),
  closeDialog: () => app.store.set({ dialog: null }),
  startOver: () => {
    listening.stop();
    app.startOver();
  },
  stay: () => idle.stay(),
  endVisit: () => {
    listening.stop();
    idle.end();
  },
};

let asked = false;
let turnsShown = 0;
let dialogShown: string | null = null;
let stepShown = -1;
let wayShown: string | null = null;
let returnTo: Element | null = null;

function draw(): void {
  asked = false;
  const { state } = app;
  document.documentElement.lang = tag(state.lang);
  const title = state.welcome ? nameIn(state.lang, state.welcome.library) : "Shelfway";
  if (document.title !== title) document.title = title;
  render(shell(state, actions, { face: face.element, plan: plan.svg }), root);
  plan.update(state);
  followConversation();
  followDialog();
}

function followConversation(): void {
  const { turns, guiding } = app.state;
  if (turns.length !== turnsShown || (guiding?.of ?? null) !== wayShown) {
    turnsShown = turns.length;
    wayShown = guiding?.of ?? null;
    root.querySelector(".scroll")?.scrollTo({ top: 0 });
    const smooth = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    const box = root.querySelector(".turns");
    const last = box?.lastElementChild as HTMLElement | null | undefined;
    if (box && last) box.scrollTo({ top: last.offsetTop - 12, behavior: smooth });
  }
  const step = guiding ? stepNow(guiding) : 0;
  if (step === stepShown) return;
  stepShown = step;
  const list = root.querySelector(".steps");
  const current = list?.querySelector(".current") as HTMLElement | null | undefined;
  if (list && current) list.scrollTo({ top: current.offsetTop - 8 });
}

/** A dialog takes the focus and gives it back. */
function followDialog(): void {
  const { idleLeft, dialog } = app.state;
  const shown = idleLeft !== null ? "idle" : dialog;
  if (shown === dialogShown) return;
  if (dialogShown === null) returnTo = document.activeElement;
  dialogShown = shown;
  for (const part of root.querySelectorAll<HTMLElement>(".top, main, .banner")) part.inert = shown !== null;
  if (shown !== null) {
    root.querySelector<HTMLElement>(shown === "idle" ? "[data-testid=idle-stay]" : "[data-testid=dialog-close]")?.focus();
  } else if (returnTo instanceof HTMLElement || returnTo instanceof SVGElement) returnTo.focus();
}

app.store.subscribe((state, before) => {
  if (before.mic.mode !== "off" && state.turns.length === 0 && before.turns.length > 0) listening.stop();
  if (asked) return;
  asked = true;
  queueMicrotask(draw);
});

function frame(now: number): void {
  app.captions.tick();
  walking.tick(now);
  idle.tick();
  plan.tick(now);
  const { presence, mic, guiding, lang, welcome } = app.state;
  face.tick(now, {
    viseme: app.captions.viseme,
    presence,
    level: mic.level,
    happy: guiding?.arrived != null,
    label: welcome ? nameIn(lang, welcome.librarian) : strings(lang).librarian,
  });
  requestAnimationFrame(frame);
}

/** The space bar talks wherever it has no other meaning. */
function isFree(target: EventTarget | null): boolean {
  return !(target instanceof Element) || !target.closest("input, textarea, button, summary, [role=button], [role=dialog], [role=alertdialog]");
}
let spaceHeld = false;
addEventListener("keydown", (event) => {
  const { welcome, lang, idleLeft, dialog } = app.state;
  if (event.key === "Escape") app.store.set({ picked: null, directory: false, dialog: null });
  if (event.key !== " " || event.repeat || !isFree(event.target) || idleLeft !== null || dialog !== null || !welcome?.listening[lang]) return;
  event.preventDefault();
  spaceHeld = true;
  listening.press();
});
addEventListener("keyup", (event) => {
  if (event.key !== " " || !spaceHeld) return;
  spaceHeld = false;
  listening.release();
});
for (const sign of ["pointerdown", "keydown"] as const) addEventListener(sign, () => void app.voice.wake(), { passive: true });

exposeHook(app);
draw();
app.link.connect();
keepForOffline();
addEventListener("hashchange", () => location.reload()); // another way was opened in this tab
requestAnimationFrame(frame);
