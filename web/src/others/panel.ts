/** The panel of others: join in, who is here, what is said, pins, notes, the tour. Plain controls, usable by keys alone. */

import { html, nothing, render, type TemplateResult } from "lit";
import type { Company, Line } from "../client/company";
import type { Visibility } from "../messages";
import { type Words, words } from "./words";

export type Visible = Visibility["visible"];

export interface Choice {
  readonly name: string;
  readonly visible: Visible;
  readonly hears: boolean;
}

/** What the reader does in the panel. */
export interface Deeds {
  join(choice: Choice): void;
  leave(): void;
  show(choice: Choice): void;
  say(text: string): void;
  note(text: string): void;
  removeNote(id: string): void;
  wave(): void;
  point(on: boolean): void;
  lookAt(east: number, north: number, level: number): void;
  follow(on: boolean): void;
}

export class Panel {
  open = false;
  pointing = false;
  following = false;
  choice: Choice = { name: "", visible: "nobody", hears: false };
  private draft = "";
  private atEnd = true;

  constructor(
    private readonly holder: HTMLElement,
    private readonly company: Company,
    private readonly lang: "en" | "zh",
    private readonly deeds: Deeds,
  ) {}

  draw(nowMs: number): void {
    const log = this.holder.querySelector(".said");
    if (log) this.atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    render(this.view(words(this.lang), nowMs), this.holder);
    const shown = this.holder.querySelector(".said");
    if (shown && this.atEnd) shown.scrollTop = shown.scrollHeight;
  }

  private view(w: Words, nowMs: number): TemplateResult {
    const there = this.company.entered !== null;
    return html`<section class="others" aria-label=${w.title} ?data-open=${this.open}>
      <button class="toggle" data-testid="others" aria-expanded=${this.open} aria-controls="others-body" @click=${() => this.toggle(nowMs)}>
        ${w.closed(this.company.people.size)}
      </button>
      <div id="others-body" ?hidden=${!this.open}>${this.open ? (there ? this.together(w, nowMs) : this.door(w)) : nothing}</div>
    </section>`;
  }

  private toggle(nowMs: number): void {
    this.open = !this.open;
    this.draw(nowMs);
  }

  private door(w: Words): TemplateResult {
    const join = (event: Event): void => {
      event.preventDefault();
      this.deeds.join(this.choice);
    };
    return html`<form class="door" @submit=${join}>
      <label>${w.name}
        <input data-testid="name" maxlength="40" autocomplete="nickname" .value=${this.choice.name}
          @input=${(event: InputEvent) => (this.choice = { ...this.choice, name: (event.target as HTMLInputElement).value })} />
      </label>
      ${this.seen(w, (choice) => (this.choice = choice))}
      <button class="main" data-testid="join">${w.join}</button>
    </form>`;
  }

  private seen(w: Words, chosen: (choice: Choice) => void): TemplateResult {
    const options: [Visible, string][] = [["nobody", w.nobody], ["own", w.own], ["all", w.all]];
    return html`<label>${w.who}
        <select data-testid="visible" @change=${(event: Event) => chosen({ ...this.choice, visible: (event.target as HTMLSelectElement).value as Visible })}>
          ${options.map(([value, text]) => html`<option value=${value} ?selected=${this.choice.visible === value}>${text}</option>`)}
        </select>
      </label>
      <label class="check">
        <input type="checkbox" data-testid="hears" .checked=${this.choice.hears}
          @change=${(event: Event) => chosen({ ...this.choice, hears: (event.target as HTMLInputElement).checked })} />
        <span>${w.hears}</span>
      </label>`;
  }

  private together(w: Words, nowMs: number): TemplateResult {
    const change = (choice: Choice): void => {
      this.choice = choice;
      this.deeds.show(choice);
    };
    const muted = this.company.mutedUntilMs > nowMs;
    return html`${this.tour(w)}
      <ul class="people" data-testid="people" aria-label=${w.title}>
        ${[...this.company.people.values()].map((one) => html`<li><b>${one.name || w.unnamed}</b> ${[w.roles[one.role], w.worlds[one.world]].filter(Boolean).join(" · ")}</li>`)}
      </ul>
      ${this.company.people.size ? nothing : html`<p class="quiet">${w.alone}</p>`}
      <div class="said" data-testid="said" role="log" aria-label=${w.log} tabindex="0"><ol>${this.company.lines.map((line) => this.line(line, w))}</ol></div>
      ${this.choice.visible === "nobody" ? html`<p class="quiet" data-testid="invisible">${w.invisible}</p>` : muted ? html`<p class="quiet">${w.muted}</p>` : this.speaking(w)}
      ${this.places(w)}
      <div class="door">${this.seen(w, change)}<button data-testid="leave" @click=${() => this.deeds.leave()}>${w.leave}</button></div>`;
  }

  private line(line: Line, w: Words): TemplateResult {
    const name = line.own ? w.you : line.name || w.unnamed;
    if (line.kind === "said") return html`<li ?data-own=${line.own}><b>${name}</b> ${line.text}</li>`;
    if (line.kind === "overheard") return html`<li class="aside"><b>${w.librarian} ${name}</b> ${line.text}</li>`;
    const what = line.kind === "emoted" ? w.emotes[line.text] : line.kind === "joined" ? w.joined : w.parted;
    return html`<li class="aside">${name} ${what}</li>`;
  }

  private speaking(w: Words): TemplateResult {
    const use = (deed: (text: string) => void) => (event: Event): void => {
      event.preventDefault();
      const text = this.draft.trim();
      if (!text) return;
      deed(text);
      this.draft = "";
      this.holder.querySelector<HTMLInputElement>("#others-say")!.value = "";
    };
    return html`<form class="say" @submit=${use((text) => this.deeds.say(text))}>
        <label class="unseen" for="others-say">${w.say}</label>
        <input id="others-say" data-testid="say" maxlength="500" autocomplete="off" placeholder=${w.say}
          @input=${(event: InputEvent) => (this.draft = (event.target as HTMLInputElement).value)} />
        <button class="main" data-testid="send">${w.send}</button>
      </form>
      <div class="row">
        <button data-testid="point" aria-pressed=${this.pointing} @click=${() => this.deeds.point(!this.pointing)}>${w.point}</button>
        <button data-testid="wave" @click=${() => this.deeds.wave()}>${w.wave}</button>
        <button data-testid="note" @click=${use((text) => this.deeds.note(text))}>${w.note}</button>
      </div>
      <p class="quiet" role="status">${this.pointing ? w.pointing : ""}</p>`;
  }

  /** Pins and notes as lists: what a mouse finds in the view, a keyboard finds here. */
  private places(w: Words): TemplateResult {
    const { pins, notes, entered } = this.company;
    return html`${pins.size ? html`<h2>${w.pins}</h2><ul data-testid="pins">${[...pins.values()].map((pin) => html`<li>
        <button @click=${() => this.deeds.lookAt(pin.east_m, pin.north_m, pin.level)}>${w.look(pin.text || pin.name || w.unnamed)}</button></li>`)}</ul>` : nothing}
      ${notes.size ? html`<h2>${w.notes}</h2><ul class="notes" data-testid="notes">${[...notes.values()].map((note) => html`<li>
        <button class="text" @click=${() => this.deeds.lookAt(note.east_m, note.north_m, note.level)}>
          ${note.title ? html`<b>${note.title}</b> ` : nothing}${note.text} <i>${note.author_name[this.lang] ?? note.author_name.en}</i></button>
        ${note.author === entered?.author || entered?.role === "staff" ? html`<button class="small" aria-label=${w.remove(note.text)} @click=${() => this.deeds.removeNote(note.id)}>×</button>` : nothing}
      </li>`)}</ul>` : nothing}`;
  }

  private tour(w: Words): TemplateResult | typeof nothing {
    const { tour } = this.company;
    if (!tour) return nothing;
    const stop = tour.stops[tour.at];
    const text = tour.text[this.lang] ?? Object.values(tour.text)[0] ?? "";
    return html`<div class="tour" data-testid="tour">
      <b>${tour.title[this.lang] || w.tour}</b>
      <p role="status">${w.stop(tour.at + 1, tour.stops.length, stop?.name[this.lang] ?? Object.values(stop?.name ?? {})[0] ?? "")}
        · ${w.together(tour.gathered, tour.followers)}</p>
      ${text ? html`<p>${text}</p>` : nothing}
      <button data-testid="follow" aria-pressed=${this.following} @click=${() => this.deeds.follow(!this.following)}>${this.following ? w.unfollow : w.follow}</button>
    </div>`;
  }
}
