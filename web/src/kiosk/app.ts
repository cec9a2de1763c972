/** The page's one place where parts meet: what comes over the wire becomes state, what the reader does becomes messages. */

import { decodeAudio } from "../client/frames";
import { newId } from "../client/ids";
import { Link, type LinkStatus } from "../client/socket";
import { Store } from "../client/store";
import { pieceAt } from "../client/track";
import { Voice } from "../client/voice";
import type { Spot } from "../client/walker";
import { VERSION } from "../messages";
import type { Answer, Guide, ItemBody, PlaceBody, PlanBody, Route, ToClient, Welcome } from "../messages";
import { firstState, freshVisit, type Goal, type Guiding, type Lang, nameIn, type State, type Turn } from "./state";
import { strings } from "./strings";

const LOST_SHOWN_AFTER_MS = 1500;
const POSE_EVERY_MS = 100;

export class App {
  readonly store: Store<State>;
  readonly voice: Voice;
  readonly link: Link;
  /** The mouth shape that is audible now; read by the face on every frame. */
  viseme = "sil";
  private lastGuide: Guide | null = null;
  private lastPose = 0;
  private lostTimer: ReturnType<typeof setTimeout> | undefined;

  /** `firstLang`: the language of the page when nobody has chosen one yet; a new visit begins in it. */
  constructor(url: string, readonly firstLang: Lang, private readonly planUrl = "/v1/plan") {
    this.store = new Store(firstState(firstLang));
    this.voice = new Voice({
      onDone: (utterance, played_s) => {
        this.link.send({ type: "playback", utterance, played_s });
        this.finishCaption();
      },
      onPlayed: (utterance, played_s) => this.link.send({ type: "playback", utterance, played_s }),
    });
    this.link = new Link({
      url,
      hello: () => ({
        type: "hello",
        version: VERSION,
        client: "kiosk",
        languages: this.state.lang === "zh" ? ["zh", "en"] : ["en", "zh"],
        capabilities: ["speech_in", "speech_out", "visemes", "captions", "map", "poses"],
      }),
      onMessage: (message) => this.receive(message),
      onBytes: (bytes) => {
        const frame = decodeAudio(bytes);
        if (frame) this.voice.play(frame);
      },
      onStatus: (link) => this.showStatus(link),
    });
  }

  get state(): Readonly<State> {
    return this.store.state;
  }

  // What the reader does

  ask(text: string): void {
    const question = text.trim();
    if (!question) return;
    const { lang, here } = this.state;
    const id = newId("q");
    const at = here ? { east_m: here.east_m, north_m: here.north_m, level: here.level } : null;
    this.hush();
    if (!this.link.send({ type: "ask", id, text: question, at })) return;
    this.addTurn({ who: "reader", id, text: question, lang, spoken: false, final: true });
    this.store.set({ draft: "", presence: "thinking", trouble: null, picked: null, directory: false });
  }

  guideTo(to: { record_id?: string; to?: string }): void {
    this.lastGuide = { type: "guide", id: newId("g"), profile: this.state.profile, ...to };
    if (!this.link.send(this.lastGuide)) this.lastGuide = null;
    this.store.set({ picked: null, directory: false, trouble: null });
  }

  stopGuide(): void {
    this.link.send({ type: "stop_guide" });
    this.endGuide();
  }

  setProfile(profile: State["profile"]): void {
    this.store.set({ profile });
    this.guideAnew();
  }

  /** Ask for the way once more from here: in another language, for another way of walking. */
  private guideAnew(): void {
    const { guiding, profile } = this.state;
    if (!guiding || guiding.arrived || !this.lastGuide) return;
    this.lastGuide = { ...this.lastGuide, id: newId("g"), profile };
    this.link.send(this.lastGuide);
  }

  setLang(lang: Lang): void {
    if (lang === this.state.lang) return;
    this.store.set({ lang });
    this.link.send({ type: "set_language", lang });
    this.guideAnew();
  }

  setSpeech(speechOn: boolean): void {
    this.store.set({ speechOn });
    this.link.send({ type: "set_speech", on: speechOn });
    if (!speechOn) this.hush();
  }

  /** Stop the voice here and at the server. */
  hush(): void {
    if (!this.voice.busy) return;
    this.voice.hush();
    this.link.send({ type: "interrupt" });
  }

  /** The reader is here now; poses go out at most ten times a second, the last one always. */
  moveTo(here: Spot, last = true): void {
    const { guiding, level, here: before } = this.state;
    const follow = guiding !== null && here.level !== before?.level;
    this.store.set({ here, level: follow ? here.level : level });
    const now = performance.now();
    if (!last && now - this.lastPose < POSE_EVERY_MS) return;
    this.lastPose = now;
    this.link.send({ type: "pose", ...here });
  }

  showLevel(level: number): void {
    this.store.set({ level, picked: null });
  }

  showItem(item: ItemBody): void {
    if (!item.shelf) return;
    const { range_id, bay, level, point } = item.shelf;
    this.point({
      rangeId: range_id, bay, pinId: null, level, point: point ? [point.east_m, point.north_m] : null,
    });
  }

  showPlace(place: PlaceBody): void {
    const { id, level, point } = place;
    this.point({ rangeId: null, bay: null, pinId: id, level, point: [point.east_m, point.north_m] });
  }

  /** Forget this visit: on the page, at the server, and in the language the library starts in. */
  startOver(): void {
    this.voice.hush();
    this.link.send({ type: "reset" });
    this.lastGuide = null;
    const { welcome, lang, plan } = this.state;
    const here = hereOf(welcome);
    this.store.set({
      ...freshVisit(),
      lang: this.firstLang,
      here,
      level: here?.level ?? plan?.levels[0]?.ordinal ?? 0,
    });
    if (lang !== this.firstLang) this.link.send({ type: "set_language", lang: this.firstLang });
  }

  addTurn(turn: Turn): void {
    this.store.set(({ turns }) => {
      const same = turns.findIndex((one) => one.id === turn.id && one.who === turn.who);
      return { turns: same < 0 ? [...turns, turn] : turns.map((one, index) => (index === same ? turn : one)) };
    });
  }

  /** On every animation frame: mouth and captions from the audible moment. */
  tick(): void {
    this.voice.tick();
    const audible = this.voice.now();
    this.viseme = audible ? audible.track.visemeAt(audible.seconds) : "sil";
    if (!audible) return;
    const { track, seconds } = audible;
    const pieces = track.piecesOf(track.clauseAt(seconds));
    if (pieces.length === 0) return;
    const current = pieceAt(pieces, seconds);
    const shown = this.state.caption;
    if (shown?.pieces !== pieces || shown.current !== current) {
      this.store.set({ caption: { pieces, current, lang: track.lang }, presence: "speaking" });
    }
  }

  // What the wire brings

  receive(message: ToClient): void {
    switch (message.type) {
      case "welcome":
        return this.welcome(message);
      case "answer":
        return this.answer(message);
      case "state":
        if (!(this.voice.busy && message.state === "idle")) this.store.set({ presence: message.state });
        return;
      case "heard":
        return this.heard(message);
      case "speech_start":
        return this.voice.start(message);
      case "speech_clause":
        this.voice.clause(message);
        return this.captionAhead(message.utterance);
      case "speech_end":
        return this.voice.end(message);
      case "flush":
        return this.voice.flush(message.utterance);
      case "route":
        return this.route(message);
      case "progress":
        return this.patchGuide(message.revision, { progress: message });
      case "step_due":
        return this.say(message.text);
      case "arrived":
        this.patchGuide(message.revision, { arrived: message });
        this.store.set(({ walk, guiding, goal }) => ({
          walk: { ...walk, running: false },
          level: message.level,
          goal: guiding ? goalOf(guiding) : goal,
        }));
        return this.say(message.text);
      case "no_way":
        this.endGuide();
        this.note(message.of, message.reason);
        return;
      case "guide_stopped":
        if (message.of === this.state.guiding?.of && message.reason !== "replaced") this.endGuide();
        return;
      case "error":
        if (message.of !== null && message.of === this.lastGuide?.id) this.endGuide();
        this.store.set({ trouble: message.message, presence: "idle" });
        return this.say(message.message);
    }
  }

  private welcome(message: Welcome): void {
    const first = this.state.welcome === null;
    const known = this.state.plan?.revision === message.plan_revision;
    this.store.set({ welcome: message });
    if (first) {
      const here = hereOf(message);
      this.store.set({ here, level: here?.level ?? 0 });
    }
    if (this.state.lang !== message.lang) this.link.send({ type: "set_language", lang: this.state.lang });
    if (!known) void this.fetchPlan();
    if (!message.resumed && !first) {
      // The server has forgotten this visit: take up the way again from where the reader stands.
      this.voice.hush();
      const { guiding, here } = this.state;
      if (here) this.link.send({ type: "pose", ...here });
      if (guiding && !guiding.arrived && this.lastGuide) this.link.send(this.lastGuide);
      else this.endGuide();
    }
  }

  private async fetchPlan(): Promise<void> {
    try {
      const reply = await fetch(this.planUrl);
      if (!reply.ok) throw new Error(`plan: ${reply.status}`);
      const plan = (await reply.json()) as PlanBody;
      const { here, level } = this.state;
      const ordinals = plan.levels.map((one) => one.ordinal);
      this.store.set({ plan, planFailed: false, level: here?.level ?? (ordinals.includes(level) ? level : (ordinals[0] ?? 0)) });
    } catch {
      this.store.set({ planFailed: true });
    }
  }

  private answer(answer: Answer): void {
    this.addTurn({ who: "librarian", id: answer.of, text: answer.text, lang: answer.lang, answer, trouble: false });
    this.say(answer.text, answer.lang);
    this.captionWhole(answer.text, answer.lang);
    const presence = answer.utterance === null && !this.voice.busy ? "idle" : this.state.presence;
    this.store.set({ presence, preview: null, trouble: null });
    const item = answer.items.find((one) => one.shelf);
    if (this.state.guiding && !answer.route) return;
    if (item) this.showItem(item);
    else if (answer.place) this.showPlace(answer.place);
    else if (!this.state.guiding) this.store.set({ goal: null });
    if (answer.route && answer.route.length_m !== null) this.store.set({ preview: answer.route });
  }

  private heard(message: Extract<ToClient, { type: "heard" }>): void {
    const { of, text, lang, final, rejected } = message;
    if (rejected) {
      this.store.set(({ turns }) => ({ turns: turns.filter((one) => one.id !== of), presence: "idle" }));
      this.note(of, strings(this.state.lang).notUnderstood);
      return;
    }
    this.addTurn({ who: "reader", id: of, text, lang, spoken: true, final });
    if (final) this.store.set({ presence: "thinking", trouble: null });
  }

  private route(message: Route): void {
    const { revision, of, reason, goal, range_id: rangeId, bay, route } = message;
    const guiding: Guiding = {
      of, revision, reason, goal, rangeId, bay, route, progress: null, arrived: null,
    };
    if (this.lastGuide?.id !== of) this.lastGuide = { type: "guide", id: of, ...this.goalOfAnswer(of, rangeId) };
    const start = route.points[0];
    this.store.set(({ walk, level }) => ({
      guiding,
      preview: null,
      goal: goalOf(guiding),
      picked: null,
      level: reason === "start" && start ? start[2] : level,
      walk: { ...walk, aside: false },
    }));
  }

  /** How to ask again for a way that an answer began: for its record, its place or its shelf. */
  private goalOfAnswer(of: string, rangeId: string | null): Pick<Guide, "record_id" | "to"> {
    const turn = this.state.turns.find((one) => one.who === "librarian" && one.id === of);
    const answer = turn?.who === "librarian" ? turn.answer : null;
    const item = answer?.items.find((one) => one.shelf?.range_id === rangeId);
    return item ? { record_id: item.record_id } : { to: rangeId ?? answer?.place?.id ?? null };
  }

  private patchGuide(revision: number, patch: Partial<Guiding>): void {
    const { guiding } = this.state;
    if (guiding && guiding.revision === revision) this.store.set({ guiding: { ...guiding, ...patch } });
  }

  private endGuide(): void {
    this.lastGuide = null;
    this.store.set(({ walk }) => ({
      guiding: null, preview: null, goal: null, walk: { ...walk, running: false, aside: false },
    }));
  }

  private point(goal: Goal): void {
    this.store.set({ goal, level: goal.level, picked: null, directory: false });
  }

  private note(id: string, text: string): void {
    const lang = this.state.lang;
    this.addTurn({ who: "librarian", id, text, lang, answer: null, trouble: true });
    this.captionWhole(text, lang);
    this.say(text);
  }

  /** For screen readers. */
  private say(text: string, lang = this.state.lang): void {
    this.store.set({ spokenNote: { text, lang } });
  }

  /** A caption for what is not (yet) heard: shown whole, nothing lit. */
  private captionWhole(text: string, lang: Lang): void {
    if (this.voice.now()) return;
    this.store.set({ caption: { pieces: [{ text, start_s: 0, end_s: 0 }], current: -1, lang } });
  }

  private captionAhead(utterance: number): void {
    const track = this.voice.trackOf(utterance);
    if (!track || this.voice.now()) return;
    const pieces = track.piecesOf(0);
    if (this.state.caption?.pieces !== pieces) this.store.set({ caption: { pieces, current: -1, lang: track.lang } });
  }

  private finishCaption(): void {
    const { caption, presence } = this.state;
    if (caption) this.store.set({ caption: { ...caption, current: caption.pieces.length } });
    if (!this.voice.busy && presence === "speaking") this.store.set({ presence: "idle" });
  }

  private showStatus(link: LinkStatus): void {
    this.store.set({ link });
    if (link === "open") {
      clearTimeout(this.lostTimer);
      this.lostTimer = undefined;
      this.store.set({ lostShown: false });
    } else {
      this.lostTimer ??= setTimeout(() => this.store.set({ lostShown: true }), LOST_SHOWN_AFTER_MS);
    }
  }
}

function hereOf(welcome: Welcome | null): Spot | null {
  return welcome?.here ? { ...welcome.here, heading_deg: null } : null;
}

function goalOf(guiding: Guiding): Goal {
  const end = guiding.route.points.at(-1);
  return {
    rangeId: guiding.rangeId,
    bay: guiding.bay,
    pinId: null,
    level: end?.[2] ?? 0,
    point: end ? [end[0], end[1]] : null,
  };
}

/** The name of a level in the page's language. */
export function levelName(state: Readonly<State>, ordinal: number): string {
  const level = state.plan?.levels.find((one) => one.ordinal === ordinal);
  return level ? nameIn(state.lang, level.name) || nameIn(state.lang, level.short_name) : String(ordinal);
}
