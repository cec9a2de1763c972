/** Directions: every step, the current one marked. */

import { html, nothing, type TemplateResult } from "lit";
import { stepNow } from "../guidance";
import { icon, iconOfStep } from "../icons";
import { nameIn, type State } from "../state";
import { fill, strings } from "../strings";
import type { Actions } from "./actions";

export function directions(state: Readonly<State>, actions: Actions): TemplateResult | typeof nothing {
  const { guiding } = state;
  if (!guiding) return nothing;
  const texts = strings(state.lang);
  const current = guiding.arrived ? guiding.route.steps.length : stepNow(guiding);
  return html`
    <section class="directions" aria-labelledby="directions-title" data-testid="directions">
      <div class="directions-head">
        <h2 id="directions-title" class="part-title">${fill(texts.way, { goal: nameIn(state.lang, guiding.goal) })}</h2>
        <button type="button" class="secondary only-icon" title=${texts.handoff} aria-label=${texts.handoff} aria-haspopup="dialog" data-testid="open-handoff" @click=${actions.openHandoff}>
          ${icon("phone")}
        </button>
        <label class="toggle">
          <input
            type="checkbox"
            data-testid="step-free"
            .checked=${state.profile === "step-free"}
            @change=${(event: Event) => actions.setProfile((event.target as HTMLInputElement).checked ? "step-free" : "walk")}
          />
          <span>${icon("wheelchair")}${texts.stepFree}</span>
        </label>
      </div>
      <ol class="steps" data-testid="steps" tabindex="0" aria-label=${texts.steps}>
        ${guiding.route.steps.map(
          (step, index) => html`<li
            class=${index < current ? "done" : index === current ? "current" : ""}
            aria-current=${index === current ? "step" : nothing}
            data-testid=${index === current ? "step-current" : "step"}
          >
            <span class="step-icon">${icon(index < current ? "check" : iconOfStep(step.kind, step.text))}</span>
            <span class="step-text">${step.text}</span>
            ${step.distance_m >= 0.5 ? html`<span class="step-far">${metres(step.distance_m, state)}</span>` : nothing}
          </li>`,
        )}
      </ol>
    </section>
  `;
}

export function metres(distance: number, state: Readonly<State>): string {
  return fill(strings(state.lang).metres, { n: Math.max(0, Math.round(distance)) });
}
