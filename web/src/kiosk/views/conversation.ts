/** The conversation: questions, answers, catalogue cards of what was found, choices, sources. */

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Answer, ItemBody, PlaceBody, SourceBody } from "../../messages";
import { icon } from "../icons";
import { nameIn, type State, type Turn } from "../state";
import { fill, statusName, strings } from "../strings";
import type { Actions } from "./actions";
import { tag } from "./shell";

export function conversation(state: Readonly<State>, actions: Actions): TemplateResult {
  const texts = strings(state.lang);
  return html`
    <section class="conversation" aria-labelledby="conversation-title">
      <h2 id="conversation-title" class="part-title">${texts.conversation}</h2>
      <div class="turns" role="log" aria-live="off" tabindex="0" aria-labelledby="conversation-title" data-testid="transcript">
        ${state.turns.length === 0 ? html`<p class="resting">${texts.greetingMore}</p>` : nothing}
        ${repeat(
          state.turns,
          (turn) => `${turn.who}/${turn.id}`,
          (turn) => turnView(turn, state, actions),
        )}
      </div>
    </section>
  `;
}

function turnView(turn: Turn, state: Readonly<State>, actions: Actions): TemplateResult {
  const texts = strings(state.lang);
  if (turn.who === "reader") {
    return html`<div class="turn reader ${turn.final ? "" : "unsure"}" data-testid="turn-reader">
      <p class="turn-who">${turn.spoken ? icon("mic") : nothing}${texts.you}</p>
      <p class="question" lang=${tag(turn.lang)}>${turn.text}</p>
    </div>`;
  }
  return html`<div class="turn librarian ${turn.trouble ? "trouble" : ""}" data-testid="turn-librarian">
    <p class="turn-who">${state.welcome ? nameIn(state.lang, state.welcome.librarian) : texts.librarian}</p>
    <p class="answer" lang=${tag(turn.lang)} data-testid="answer">${turn.text}</p>
    ${turn.answer ? details(turn.answer, state, actions) : nothing}
    ${turn.maybe.length ? maybeAsked(turn.maybe, actions) : nothing}
  </div>`;
}

/** What was perhaps said: a touch asks it. The engine hears English, whatever the page's language. */
function maybeAsked(questions: readonly string[], actions: Actions): TemplateResult {
  return html`<ul class="maybe" data-testid="maybe">
    ${questions.map(
      (one) => html`<li>
        <button type="button" class="secondary" lang="en" @click=${() => actions.ask(one)}><span>${one}</span></button>
      </li>`,
    )}
  </ul>`;
}

function details(answer: Answer, state: Readonly<State>, actions: Actions): TemplateResult {
  const texts = strings(state.lang);
  return html`
    ${answer.items.map((item) => itemCard(item, state, actions, false))}
    ${answer.place && answer.candidates.length === 0 ? placeCard(answer.place, state, actions, false) : nothing}
    ${answer.candidates.length
      ? html`<div class="choices" role="group" aria-label=${texts.which}>
          <p class="choices-title">${texts.which}</p>
          ${answer.candidates.map((one) =>
            "record_id" in one ? itemCard(one, state, actions, true) : placeCard(one, state, actions, true),
          )}
        </div>`
      : nothing}
    ${answer.sources.length ? sources(answer.sources, state) : nothing}
  `;
}

function itemCard(item: ItemBody, state: Readonly<State>, actions: Actions, choice: boolean): TemplateResult {
  const texts = strings(state.lang);
  const shelf = item.shelf;
  const level = shelf ? levelOf(state, shelf.level) : "";
  const bay = shelf?.bay ? fill(shelf.bay_estimated ? texts.bayAbout : texts.bay, { bay: shelf.bay }) : "";
  const there = item.status.toLowerCase() === "available";
  return html`
    <article class="card item" data-testid=${choice ? "candidate" : "item-card"} data-record=${item.record_id}>
      <div class="spine-label" role="img" aria-label="${texts.callNumber}: ${item.call_number}">
        ${spine(item.call_number).map((line) => html`<span aria-hidden="true">${line}</span>`)}
      </div>
      <div class="card-body">
        <h3 class="card-title">${item.title}</h3>
        ${item.authors.length ? html`<p class="card-authors">${item.authors.join(state.lang === "zh" ? "、" : ", ")}</p>` : nothing}
        <p class="card-facts">
          <span class="status ${there ? "in" : "out"}">${statusName(state.lang, item.status)}</span>
          ${shelf
            ? html`<span class="where">${level} · ${texts.shelf} <b>${shelf.label}</b>${bay ? html` · ${bay}` : nothing}</span>`
            : html`<span class="where">${texts.noShelf}</span>`}
        </p>
        ${shelf
          ? html`<div class="card-buttons">
              <button type="button" class="primary" data-testid="take-me" @click=${() => actions.guideItem(item)}>
                ${icon("walk")}<span>${texts.takeMe}</span>
              </button>
              <button type="button" class="secondary" data-testid="show-item" @click=${() => actions.showItem(item)}>
                ${icon("pin")}<span>${texts.showOnPlan}</span>
              </button>
            </div>`
          : nothing}
      </div>
    </article>
  `;
}

function placeCard(place: PlaceBody, state: Readonly<State>, actions: Actions, choice: boolean): TemplateResult {
  const texts = strings(state.lang);
  return html`
    <article class="card place" data-testid=${choice ? "candidate" : "place-card"} data-place=${place.id}>
      <div class="place-mark">${icon("pin")}</div>
      <div class="card-body">
        <h3 class="card-title">${nameIn(state.lang, place.name)}</h3>
        <p class="card-facts"><span class="where">${levelOf(state, place.level)}</span></p>
        <div class="card-buttons">
          <button type="button" class="primary" data-testid="take-me" @click=${() => actions.guidePlace(place.id)}>
            ${icon("walk")}<span>${texts.takeMe}</span>
          </button>
          <button type="button" class="secondary" data-testid="show-place" @click=${() => actions.showPlace(place)}>
            ${icon("pin")}<span>${texts.showOnPlan}</span>
          </button>
        </div>
      </div>
    </article>
  `;
}

function sources(list: readonly SourceBody[], state: Readonly<State>): TemplateResult {
  const texts = strings(state.lang);
  const [colon, comma] = state.lang === "zh" ? ["：", "、"] : [": ", ", "];
  const others = list
    .filter((one) => !one.document)
    .map((one) => (one.record_id ? fill(texts.sourceRecord, { id: one.record_id }) : one.feature_id ? texts.sourceMap : ""));
  const rest = [...new Set(others.filter(Boolean))].join(comma);
  return html`<ul class="sources" data-testid="sources" aria-label=${texts.sources}>
    ${list
      .filter((one) => one.document)
      .map((one) => {
        const where = one.heading ? `${one.document} — ${one.heading}` : one.document;
        return html`<li>
          ${one.quote ? html`<q>${one.quote}</q>` : nothing}<cite>${texts.sources}${colon}${where}</cite>
        </li>`;
      })}
    ${rest ? html`<li><cite>${texts.sources}${colon}${rest}</cite></li>` : nothing}
  </ul>`;
}

/** A call number in the lines of a spine label: broken at blanks and at the slash between class and book number. */
export function spine(callNumber: string): string[] {
  return callNumber.split(/[\s/]+/).filter(Boolean).slice(0, 4);
}

function levelOf(state: Readonly<State>, ordinal: number): string {
  const level = state.plan?.levels.find((one) => one.ordinal === ordinal);
  return level ? nameIn(state.lang, level.name) : String(ordinal);
}
