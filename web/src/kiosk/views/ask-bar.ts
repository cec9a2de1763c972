/** Asking: quick questions, the box, the talk button, open microphone; and why the microphone may not do. */

import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../icons";
import type { State } from "../state";
import { strings } from "../strings";
import type { Actions } from "./actions";
import { LIST_ID, suggestionId, suggestionList } from "./suggestions";

export function askBar(state: Readonly<State>, actions: Actions): TemplateResult {
  const texts = strings(state.lang);
  const send = (event: Event) => {
    event.preventDefault();
    actions.send();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing || !state.suggestions.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      actions.suggestMove(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      actions.suggestClose();
    }
  };
  const open = state.suggestions.length > 0;
  return html`
    <section class="ask-part" aria-label=${texts.askLabel}>
      <div class="quick" role="group" aria-label=${texts.quick}>
        <button type="button" data-testid="quick-book" @click=${() => actions.begin(texts.quickBookFill)}>
          ${icon("book")}<span>${texts.quickBook}</span>
        </button>
        <button type="button" data-testid="quick-toilet" @click=${() => actions.ask(texts.quickToiletAsk)}>
          ${icon("restroom")}<span>${texts.quickToilet}</span>
        </button>
        <button type="button" data-testid="quick-hours" @click=${() => actions.ask(texts.quickHoursAsk)}>
          ${icon("clock")}<span>${texts.quickHours}</span>
        </button>
        <button type="button" class="quick-here" data-testid="quick-here" @click=${() => actions.ask(texts.quickHereAsk)}>
          ${icon("pin")}<span>${texts.quickHere}</span>
        </button>
      </div>
      <form class="ask-form" @submit=${send}>
        <label class="hidden-label" for="ask">${texts.askLabel}</label>
        <div class="ask-box">
          ${suggestionList(state, actions)} ${icon("search")}
          <input
            id="ask"
            data-testid="ask-input"
            type="text"
            role="combobox"
            aria-autocomplete="list"
            aria-expanded=${open}
            aria-controls=${open ? LIST_ID : nothing}
            aria-activedescendant=${state.suggestAt >= 0 ? suggestionId(state.suggestAt) : nothing}
            autocomplete="off"
            maxlength="500"
            enterkeyhint="search"
            placeholder=${texts.askPlaceholder}
            .value=${state.draft}
            @input=${(event: Event) => actions.draft((event.target as HTMLInputElement).value)}
            @keydown=${keys}
            @blur=${actions.suggestClose}
          />
          <button type="submit" class="send" data-testid="ask-send" aria-label=${texts.ask}>${icon("send")}</button>
        </div>
        ${talk(state, actions)}
      </form>
      ${notes(state)}
    </section>
  `;
}

function talk(state: Readonly<State>, actions: Actions): TemplateResult {
  const texts = strings(state.lang);
  const { mic, welcome } = state;
  const deaf = welcome !== null && !welcome.listening[state.lang];
  const label = mic.mode === "push" ? (mic.opening ? texts.talkOpening : texts.talking) : texts.talk;
  return html`
    <div class="talk-row">
      <button
        type="button"
        class="talk ${mic.mode === "push" ? "on" : ""}"
        data-testid="talk"
        data-mode=${mic.mode}
        data-open=${mic.mode === "push" && !mic.opening}
        title=${texts.talkTip}
        aria-pressed=${mic.mode === "push"}
        ?disabled=${deaf}
        style="--level:${mic.level.toFixed(2)}"
        @pointerdown=${(event: PointerEvent) => {
          (event.currentTarget as Element).setPointerCapture(event.pointerId);
          actions.talkPress();
        }}
        @pointerup=${actions.talkRelease}
        @pointercancel=${actions.talkRelease}
        @contextmenu=${(event: Event) => event.preventDefault()}
        @keydown=${(event: KeyboardEvent) => {
          if ((event.key !== " " && event.key !== "Enter") || event.repeat) return;
          event.preventDefault();
          actions.talkPress();
        }}
        @keyup=${(event: KeyboardEvent) => {
          if (event.key !== " " && event.key !== "Enter") return;
          event.preventDefault();
          actions.talkRelease();
        }}
        @click=${(event: MouseEvent) => {
          // Neither finger nor key: a screen reader or a switch, which knows no holding.
          if (event.detail !== 0) return;
          actions.talkPress();
          actions.talkRelease();
        }}
      >
        ${icon("mic")}<span>${label}</span>
      </button>
      <button
        type="button"
        class="open-mic"
        data-testid="open-mic"
        style="--level:${mic.mode === "open" ? mic.level.toFixed(2) : 0}"
        aria-pressed=${mic.mode === "open"}
        ?disabled=${deaf}
        @click=${actions.toggleOpen}
      >
        ${icon("ear")}<span>${texts.openMic}</span>
      </button>
    </div>
  `;
}

function notes(state: Readonly<State>): TemplateResult | typeof nothing {
  const texts = strings(state.lang);
  const problems = {
    denied: texts.micDenied,
    missing: texts.micMissing,
    insecure: texts.micInsecure,
    failed: texts.micFailed,
  };
  const note = state.welcome?.listening.note[state.lang];
  const problem = state.mic.problem;
  if (!problem && !note && !state.trouble) return nothing;
  return html`<div class="notes">
    ${state.trouble ? html`<p class="note trouble" role="alert" data-testid="trouble">${icon("warn")}${state.trouble}</p>` : nothing}
    ${problem ? html`<p class="note" role="alert" data-testid="mic-problem">${icon("warn")}${problems[problem]}</p>` : nothing}
    ${note && !problem ? html`<p class="note" data-testid="listening-note">${icon("info")}${note}</p>` : nothing}
  </div>`;
}
