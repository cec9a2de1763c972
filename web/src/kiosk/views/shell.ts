/** The page's frame: title, language, banners, and the places of the other parts. */

import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../icons";
import { type Lang, nameIn, type State } from "../state";
import { strings } from "../strings";
import type { Actions } from "./actions";
import { askBar } from "./ask-bar";
import { conversation } from "./conversation";
import { dialogs } from "./dialogs";
import { directions } from "./directions";
import { mapPart } from "./map-part";
import { stage } from "./stage";

export interface Hosts {
  readonly face: Element;
  readonly plan: Element;
}

export function shell(state: Readonly<State>, actions: Actions, hosts: Hosts): TemplateResult {
  const texts = strings(state.lang);
  const name = state.welcome ? nameIn(state.lang, state.welcome.library) : "";
  const busy = state.turns.length > 0 || state.guiding !== null;
  return html`
    <div class="app ${state.guiding ? "guiding" : ""} ${busy ? "" : "fresh"}" data-testid="app">
      <header class="top">
        <h1 class="library">${mark()}<span>${name || "Shelfway"}</span></h1>
        <div class="top-tools">
          ${busy
            ? html`<button type="button" class="quiet" data-testid="start-over" @click=${actions.startOver}>
                ${icon("again")}<span>${texts.startOver}</span>
              </button>`
            : nothing}
          <button type="button" class="quiet help-button" data-testid="open-help" aria-haspopup="dialog" @click=${actions.openHelp}>
            ${icon("help")}<span>${texts.help}</span>
          </button>
          <div class="languages" role="group" aria-label=${texts.language}>
            ${language("en", "English", state.lang, actions)} ${language("zh", "中文", state.lang, actions)}
          </div>
        </div>
      </header>
      ${banner(state)}
      <main>
        <div class="scroll">
          ${stage(state, actions, hosts.face)}
          <div class="panel ${state.guiding ? "with-directions" : ""}">
            ${directions(state, actions)} ${conversation(state, actions)}
          </div>
          ${mapPart(state, actions, hosts.plan)}
        </div>
        ${askBar(state, actions)}
      </main>
      <div class="hidden-live" role="status" aria-live="polite" data-testid="live">
        ${state.spokenNote ? html`<span lang=${tag(state.spokenNote.lang)}>${state.spokenNote.text}</span>` : nothing}
      </div>
      ${dialogs(state, actions)}
    </div>
  `;
}

/** The language tag of a text of ours. */
export function tag(lang: Lang): string {
  return lang === "zh" ? "zh-CN" : "en";
}

function language(lang: Lang, label: string, current: Lang, actions: Actions): TemplateResult {
  return html`<button
    type="button"
    lang=${tag(lang)}
    data-testid="lang-${lang}"
    aria-pressed=${lang === current}
    @click=${() => actions.setLang(lang)}
  >
    ${label}
  </button>`;
}

function banner(state: Readonly<State>): TemplateResult | typeof nothing {
  const texts = strings(state.lang);
  if (state.link === "refused") return html`<div class="banner" role="alert" data-testid="refused">${icon("warn")}<span>${texts.refused}</span></div>`;
  if (state.lostShown) {
    const text = state.awayShown ? (state.plan ? texts.away : texts.awayBare) : texts.lost;
    return html`<div class="banner" role="alert" data-testid="lost">${icon("again")}<span>${text}</span></div>`;
  }
  if (state.backShown) return html`<div class="banner back" role="status" data-testid="back">${icon("check")}<span>${texts.back}</span></div>`;
  if (state.planFailed && !state.plan) return html`<div class="banner" role="alert">${icon("warn")}<span>${texts.planFailed}</span></div>`;
  return nothing;
}

function mark(): TemplateResult {
  return html`<svg class="mark" viewBox="0 0 40 40" aria-hidden="true">
    <rect x="1" y="1" width="38" height="38" rx="7" class="mark-seal" />
    <path class="mark-line" d="M10 31V12M16 31V9M22 31V12M32 30.5 27 12M8 31h24" />
  </svg>`;
}
