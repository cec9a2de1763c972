/** The list over the question box: what the reader may be about to type. */

import { html, nothing, type TemplateResult } from "lit";
import type { Suggestion } from "../../messages";
import { icon, type IconName } from "../icons";
import type { State } from "../state";
import { fill, strings } from "../strings";
import type { Actions } from "./actions";

export const LIST_ID = "suggestions";

const ICONS: Record<Suggestion["kind"], IconName> = { title: "book", author: "people", place: "pin" };

export function suggestionId(index: number): string {
  return `${LIST_ID}-${index}`;
}

export function suggestionList(state: Readonly<State>, actions: Actions): TemplateResult {
  const texts = strings(state.lang);
  const { suggestions, suggestAt } = state;
  return html`
    ${suggestions.length
      ? html`<ul class="suggestions" id=${LIST_ID} role="listbox" aria-label=${texts.suggestions} data-testid="suggestions">
          ${suggestions.map(
            (one, index) => html`<li
              id=${suggestionId(index)}
              role="option"
              aria-selected=${index === suggestAt}
              class=${index === suggestAt ? "lit" : ""}
              data-testid="suggestion"
              @pointerdown=${(event: Event) => event.preventDefault()}
              @click=${() => actions.choose(one)}
            >
              ${icon(ICONS[one.kind])}
              <span class="suggestion-text">${one.text}</span>
              ${one.detail ? html`<span class="suggestion-more">${one.detail}</span>` : nothing}
            </li>`,
          )}
        </ul>`
      : nothing}
    <p class="hidden-label" role="status" data-testid="suggestion-count">
      ${suggestions.length ? fill(texts.suggestionCount, { n: suggestions.length }) : ""}
    </p>
  `;
}
