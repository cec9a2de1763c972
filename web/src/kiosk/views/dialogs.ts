/** What lies over the whole page: the warning before a visit ends, help, the way for the reader's phone. */

import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../icons";
import type { State } from "../state";
import { fill, strings } from "../strings";
import type { Actions } from "./actions";
import { handoff } from "./handoff";
import { help } from "./help";

export function dialogs(state: Readonly<State>, actions: Actions): TemplateResult | typeof nothing {
  if (state.idleLeft !== null) return idleWarning(state, actions);
  if (state.dialog === "help") return frame("help", strings(state.lang).help, help(state, actions), state, actions);
  if (state.dialog === "handoff") return frame("handoff", strings(state.lang).handoff, handoff(state), state, actions);
  return nothing;
}

function frame(
  name: string,
  title: string,
  body: TemplateResult,
  state: Readonly<State>,
  actions: Actions,
): TemplateResult {
  const close = (event: Event) => {
    if (event.target === event.currentTarget) actions.closeDialog();
  };
  return html`
    <div class="veil" @click=${close}>
      <div class="sheet ${name}" role="dialog" aria-modal="true" aria-labelledby="dialog-title" data-testid=${name}>
        <div class="sheet-head">
          <h2 id="dialog-title">${title}</h2>
          <button type="button" class="quiet only-icon" aria-label=${strings(state.lang).close} data-testid="dialog-close" @click=${actions.closeDialog}>
            ${icon("close")}
          </button>
        </div>
        <div class="sheet-body">${body}</div>
      </div>
    </div>
  `;
}

function idleWarning(state: Readonly<State>, actions: Actions): TemplateResult {
  const texts = strings(state.lang);
  const left = state.idleLeft ?? 0;
  return html`
    <div class="veil">
      <div class="dialog" role="alertdialog" aria-modal="true" aria-labelledby="idle-title" aria-describedby="idle-text" data-testid="idle-warning">
        <p class="countdown" aria-hidden="true">${left}</p>
        <h2 id="idle-title">${texts.idleTitle}</h2>
        <p id="idle-text">${fill(texts.idleText, { n: left })}</p>
        <div class="dialog-buttons">
          <button type="button" class="primary" data-testid="idle-stay" @click=${actions.stay}>${texts.idleStay}</button>
          <button type="button" class="secondary" data-testid="idle-end" @click=${actions.endVisit}>${texts.idleEnd}</button>
        </div>
      </div>
    </div>
  `;
}
