/** The page's one place where parts meet: what comes over the wire becomes state, what the reader does becomes messages. */

import { decodeAudio } from "../client/frames";
import { newId } from "../client/ids";
import { Link, type LinkStatus } from "../client/socket";
import { Store } from "../client/store";
import { Voice } from "../client/voice";
import type { Spot } from "../client/walker";
import { VERSION } from "../messages";
import type { Answer, ItemBody, PlaceBody, PlanBody, ToClient, Welcome } from "../messages";
import { Captions } from "./captions";
import { type Entry, type Way, wayAddress } from "./entry";
import { Guidance } from "./guidance";
import { firstState, freshVisit, type Goal, type Lang, nameIn, type State, type Turn } from "./state";
import { strings } from "./strings";
import { Suggesting } from "./suggesting";

const LOST_SHOWN_AFTER_MS = 1500;
const AWAY_SHOWN_AFTER_MS = 6000;
const BACK_SHOWN_MS = 4000;
const POSE_EVERY_MS = 100;
const WELCOME_GOOD_MS = 6 * 3600 * 1000;

export class App {
  readonly store: Store<State>;
  readonly voice: Voice;
  readonly link: Link;
  readonly captions: Captions;
  readonly guidance: Guidance;
  readonly suggesting: Suggesting;
  private lastPose = 0;
  private welcomedAt = 0;
  private lostTimers: ReturnType<typeof setTimeout>[] = [];

  /** `firstLang`: the language of the page when nobody has chosen one yet; a new visit begins in it. */
  constructor(
    url: string,
    readonly firstLang: Lang,
    readonly entry: Entry = { key: null, way: null },
    private readonly planUrl = "/v1/plan",
  ) {
    this.store = new Store(firstState(firstLang));
    this.voice = new Voice({
      onDone: (utterance, played_s) => {
        this.link.send({ type: "playback", utterance, played_s });
        this.captions.finish();
      },
      onPlayed: (utterance, played_s) => this.link.send({ type: "playback", utterance, played_s }),
    });
    this.link = new Link({
      url,
      hello: () => ({
        type: "hello",
        version: VERSION,
        client: this.entry.way ? "browser" : "kiosk",
        token: this.entry.key,
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
    this.captions = new Captions(this.store, this.voice);
    this.guidance = new Guidance(this.store, this.link);
    this.suggesting = new Suggesting(this.store);
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
    this.suggesting.close();
    if (!this.link.send({ type: "ask", id, text: question, at })) {
      this.store.set({ draft: question, dialog: null, trouble: strings(lang).notSent });
      return;
    }
    this.addTurn({ who: "reader", id, text: question, lang, spoken: false, final: true });
    this.store.set({ draft: "", presence: "thinking", trouble: null, picked: null, directory: false, dialog: null });
  }

  /** Ask what is typed, or the suggestion that the keys stand on. */
  send(): void {
    this.ask(this.suggesting.current()?.ask ?? this.state.draft);
  }

  /** Show the way as a code for the reader's phone. */
  openHandoff(): void {
    const { guiding, here, profile, lang, welcome } = this.state;
    const to = this.guidance.goal();
    // From where the way begins, unless the reader has gone on since: a kiosk stands in its own obstacle, and the phone
    // would step out of it on another side.
    const start = guiding?.route.points[0];
    const gone = (guiding?.progress?.along_m ?? 0) > 1;
    const from = start && !gone ? { east_m: start[0], north_m: start[1], level: start[2], heading_deg: null } : here;
    const url = to && wayAddress({ to, from, profile, lang }, welcome?.handoff ?? "", location.href);
    this.store.set({ dialog: "handoff", handoffUrl: url?.href ?? null });
  }

  /** Be led to a record's shelf or to a place. What is being said gives way to the directions. */
  guideTo(to: { record_id?: string; to?: string }): void {
    this.hush();
    this.guidance.start(to);
  }

  setProfile(profile: State["profile"]): void {
    this.store.set({ profile });
    this.guidance.anew();
  }

  setLang(lang: Lang): void {
    if (lang === this.state.lang) return;
    this.store.set({ lang });
    this.link.send({ type: "set_language", lang });
    this.guidance.anew();
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
    this.guidance.end();
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

  /** Nobody is there: take the line up anew when its welcome, and with it the phones' key of the day, has grown old. */
  renew(now = performance.now()): void {
    if (this.state.link !== "open" || now - this.welcomedAt < WELCOME_GOOD_MS) return;
    this.welcomedAt = now;
    this.link.drop();
  }

  addTurn(turn: Turn): void {
    this.store.set(({ turns }) => {
      const same = turns.findIndex((one) => one.id === turn.id && one.who === turn.who);
      return { turns: same < 0 ? [...turns, turn] : turns.map((one, index) => (index === same ? turn : one)) };
    });
  }

  // What the wire brings

  receive(message: ToClient): void {
    switch (message.type) {
      case "welcome":
        return this.welcome(message);
      case "answer":
        return this.answer(message);
      case "state":
        return this.presence(message.state);
      case "heard":
        return this.heard(message);
      case "heard_partial":
        this.addTurn({ who: "reader", id: message.of, text: message.text, lang: this.state.lang, spoken: true, final: false });
        return;
      case "speech_start":
        return this.voice.start(message);
      case "speech_clause":
        this.voice.clause(message);
        return this.captions.ahead(message.utterance);
      case "speech_end":
        return this.voice.end(message);
      case "duck":
        return this.voice.duck(message.utterance, message.gain);
      case "flush":
        return this.voice.flush(message.utterance);
      case "route":
        return this.guidance.route(message);
      case "progress":
        return this.guidance.progress(message);
      case "step_due":
        this.guidance.due(message);
        return this.tell(message.text);
      case "arrived":
        this.guidance.arrived(message);
        return this.tell(message.text);
      case "no_way":
        this.guidance.end();
        this.note(message.of, message.reason);
        return;
      case "guide_stopped":
        if (message.of === this.state.guiding?.of && message.reason !== "replaced") this.guidance.end();
        return;
      case "error":
        if (message.code === "nothing_understood") return; // `heard` has said so
        this.guidance.fail(message.of);
        return this.tellTrouble(message.message);
    }
  }

  /** An open microphone goes on listening while the librarian thinks or speaks; what she does is shown then. */
  private presence(presence: State["presence"]): void {
    const occupied = this.voice.busy || (this.state.presence === "thinking" && presence === "listening");
    if (!(occupied && (presence === "idle" || presence === "listening"))) this.store.set({ presence });
  }

  private welcome(message: Welcome): void {
    const first = this.state.welcome === null;
    const known = this.state.plan?.revision === message.plan_revision;
    this.store.set({ welcome: message });
    this.welcomedAt = performance.now();
    if (first) {
      const here = this.entry.way?.from ?? hereOf(message);
      this.store.set({ here, level: here?.level ?? 0 });
    }
    if (this.state.lang !== message.lang) this.link.send({ type: "set_language", lang: this.state.lang });
    if (!known) void this.fetchPlan();
    if (first && this.entry.way) this.takeAlong(this.entry.way);
    if (!message.resumed && !first) {
      // The server has forgotten this visit: take up the way again from where the reader stands.
      this.voice.hush();
      this.guidance.takeUp();
    }
  }

  /** Go on with a way that was taken along from a kiosk. */
  private takeAlong(way: Way): void {
    const { here } = this.state;
    if (here) this.link.send({ type: "pose", ...here });
    this.store.set({ profile: way.profile });
    this.guidance.start(way.to);
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
    this.addTurn({ who: "librarian", id: answer.of, text: answer.text, lang: answer.lang, answer, trouble: false, maybe: [] });
    this.say(answer.text, answer.lang);
    this.captions.whole(answer.text, answer.lang);
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
    const { of, text, lang, final, rejected, maybe } = message;
    if (rejected) {
      const presence = this.state.mic.mode === "open" ? "listening" : "idle";
      this.store.set(({ turns }) => ({ turns: turns.filter((one) => one.id !== of), presence }));
      const texts = strings(this.state.lang);
      this.note(of, maybe.length ? texts.perhapsAsked : texts.notUnderstood, maybe);
      return;
    }
    this.addTurn({ who: "reader", id: of, text, lang, spoken: true, final });
    if (final) this.store.set({ presence: "thinking", trouble: null });
  }

  private point(goal: Goal): void {
    this.store.set({ goal, level: goal.level, picked: null, directory: false });
  }

  private note(id: string, text: string, maybe: readonly string[] = []): void {
    const lang = this.state.lang;
    this.addTurn({ who: "librarian", id, text, lang, answer: null, trouble: true, maybe });
    this.captions.whole(text, lang);
    this.say(text);
  }

  /** A sentence of the guidance: a caption unless it is heard, and for screen readers. */
  private tell(text: string): void {
    this.captions.whole(text, this.state.lang);
    this.say(text);
  }

  /** A fault, in words that a reader of this language can read; what is for programmers comes in English only. */
  private tellTrouble(text: string): void {
    const { lang } = this.state;
    const readable = lang !== "zh" || /[\u3400-\u9fff]/.test(text);
    const trouble = readable ? text : strings(lang).troubleOther;
    this.store.set({ trouble, presence: "idle" });
    this.say(trouble);
  }

  /** For screen readers. */
  private say(text: string, lang = this.state.lang): void {
    this.store.set({ spokenNote: { text, lang } });
  }

  private showStatus(link: LinkStatus): void {
    this.store.set({ link });
    if (link === "open") {
      this.lostTimers.forEach(clearTimeout);
      this.lostTimers = [];
      const backShown = this.state.lostShown;
      const { notSent } = strings(this.state.lang);
      this.store.set(({ trouble }) => ({
        lostShown: false, awayShown: false, backShown, trouble: trouble === notSent ? null : trouble,
      }));
      if (backShown) setTimeout(() => this.store.set({ backShown: false }), BACK_SHOWN_MS);
    } else if (!this.lostTimers.length) {
      this.lostTimers = [
        setTimeout(() => this.store.set({ lostShown: true, backShown: false }), LOST_SHOWN_AFTER_MS),
        setTimeout(() => this.away(), AWAY_SHOWN_AFTER_MS),
      ];
    }
  }

  /** The server is away for longer: say so, and show the plan that the browser has kept. */
  private away(): void {
    this.store.set({ awayShown: true });
    if (!this.state.plan) void this.fetchPlan();
  }
}

function hereOf(welcome: Welcome | null): Spot | null {
  return welcome?.here ? { ...welcome.here, heading_deg: null } : null;
}

/** The name of a level in the page's language. */
export function levelName(state: Readonly<State>, ordinal: number): string {
  const level = state.plan?.levels.find((one) => one.ordinal === ordinal);
  return level ? nameIn(state.lang, level.name) || nameIn(state.lang, level.short_name) : String(ordinal);
}
