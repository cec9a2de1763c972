/** The librarian: face, name, what she is doing, and the caption of what she says. */

import { html, type TemplateResult } from "lit";
import { nameIn, type State } from "../state";
import { strings } from "../strings";
import type { Actions } from "./actions";
import { icon } from "../icons";
import { tag } from "./shell";

export function stage(state: Readonly<State>, actions: Actions, face: Element): TemplateResult {
  const texts = strings(state.lang);
  const name = state.welcome ? nameIn(state.lang, state.welcome.librarian) : texts.librarian;
  const away = state.lostShown || state.link === "refused";
  const states = {
    idle: texts.stateIdle,
    listening: texts.stateListening,
    thinking: texts.stateThinking,
    speaking: texts.stateSpeaking,
  };
  return html`
    <section class="stage ${state.presence}" aria-label=${texts.librarian}>
      <div class="face-host">${face}</div>
      <div class="stage-words">
        <p class="who">
          <span class="who-name">${name}</span>
          <span class="presence" data-testid="presence"><i aria-hidden="true"></i>${away ? texts.stateAway : states[state.presence]}</span>
        </p>
        ${caption(state)}
        <div class="stage-tools">
          <button
            type="button"
            class="quiet"
            aria-pressed=${state.speechOn}
            data-testid="voice"
            ?disabled=${state.welcome !== null && state.welcome.speaking.length === 0}
            @click=${() => actions.setSpeech(!state.speechOn)}
          >
            ${icon(state.speechOn ? "voice" : "mute")}<span>${texts.voiceOn}</span>
          </button>
          ${state.presence === "speaking"
            ? html`<button type="button" class="quiet" data-testid="hush" @click=${actions.hush}>
                ${icon("stop")}<span>${texts.stopSpeaking}</span>
              </button>`
            : ""}
        </div>
      </div>
    </section>
  `;
}

function caption(state: Readonly<State>): TemplateResult {
  const texts = strings(state.lang);
  const shown = state.caption;
  if (!shown) {
    return html`<div class="caption resting" data-testid="caption" lang=${tag(state.lang)}>
      <p>${state.welcome ? texts.greeting : state.lostShown || state.link === "refused" ? texts.awayCaption : texts.loading}</p>
      <p class="greeting-more">${texts.greetingMore}</p>
    </div>`;
  }
  const long = shown.pieces.reduce((sum, piece) => sum + piece.text.length, 0) > (shown.lang === "zh" ? 44 : 110);
  return html`<div class="caption ${long ? "long" : ""}" data-testid="caption" lang=${tag(shown.lang)}>
    <p>
      ${shown.pieces.map(
        (piece, index) =>
          html`<span class=${index === shown.current ? "word lit" : shown.current >= 0 && index > shown.current ? "word ahead" : "word"}
            >${piece.text}</span
          >`,
      )}
    </p>
  </div>`;
}
