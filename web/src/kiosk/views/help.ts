/** Help: how to ask, what the librarian can do, and where a person can be asked. */

import { html, nothing, type TemplateResult } from "lit";
import { levelName } from "../app";
import { findDesk } from "../desk";
import { icon, type IconName } from "../icons";
import { nameIn, type State } from "../state";
import { fill, strings } from "../strings";
import type { Actions } from "./actions";

export function help(state: Readonly<State>, actions: Actions): TemplateResult {
  const texts = strings(state.lang);
  const hears = state.welcome?.listening[state.lang] ?? false;
  return html`
    <section aria-labelledby="help-how">
      <h3 id="help-how">${texts.helpHow}</h3>
      <ul class="ways">
        ${way("search", texts.helpType)} ${hears ? way("mic", texts.helpTalk) : nothing} ${way("pin", texts.helpTouch)}
      </ul>
    </section>
    <section aria-labelledby="help-what">
      <h3 id="help-what">${texts.helpWhat}</h3>
      <ul class="examples">
        ${texts.helpExamples.map(
          ([what, question]) => html`<li>
            <button type="button" class="secondary" data-testid="help-example" @click=${() => actions.ask(question)}>
              <span class="example-what">${what}</span><span class="example-ask">${question}</span>
            </button>
          </li>`,
        )}
      </ul>
      <p class="help-limits">${texts.helpLimits}</p>
    </section>
    ${desk(state, actions)}
  `;
}

function way(name: IconName, text: string): TemplateResult {
  return html`<li>${icon(name)}<span>${text}</span></li>`;
}

function desk(state: Readonly<State>, actions: Actions): TemplateResult {
  const texts = strings(state.lang);
  const found = findDesk(state.plan, state.here);
  return html`
    <section class="person" aria-labelledby="help-person">
      <h3 id="help-person">${texts.helpPerson}</h3>
      ${found
        ? html`<p data-testid="help-desk">
              ${fill(texts.helpDesk, { desk: nameIn(state.lang, found.name), level: levelName(state, found.level) })}
            </p>
            <div class="dialog-buttons">
              <button type="button" class="primary" data-testid="help-go" @click=${() => actions.guidePlace(found.id)}>
                ${icon("walk")}<span>${texts.takeMe}</span>
              </button>
              <button type="button" class="secondary" data-testid="help-show" @click=${() => actions.pick(`pin:${found.id}`)}>
                ${icon("pin")}<span>${texts.showOnPlan}</span>
              </button>
            </div>`
        : html`<p data-testid="help-desk">${texts.helpAnyone}</p>`}
    </section>
  `;
}
