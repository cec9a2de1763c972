/** Around the plan: the step to take now, levels, zoom, places, what was touched, and the walk control. */

import { html, nothing, type TemplateResult } from "lit";
import { levelName } from "../app";
import { stepNow } from "../guidance";
import { icon, iconOfStep } from "../icons";
import { nameIn, type State } from "../state";
import { fill, strings } from "../strings";
import type { Actions } from "./actions";
import { directory } from "./directory";
import { metres } from "./directions";

export function mapPart(state: Readonly<State>, actions: Actions, plan: Element): TemplateResult {
  const texts = strings(state.lang);
  return html`
    <section class="map" aria-label=${texts.plan} data-testid="map" data-level=${state.level}>
      <div class="plan-host">${plan}</div>
      ${now(state)}
      <div class="map-side">
        <div class="levels" role="group" aria-label=${texts.levels}>
          ${[...(state.plan?.levels ?? [])]
            .sort((a, b) => b.ordinal - a.ordinal)
            .map(
              (level) => html`<button
                type="button"
                data-testid="level-${level.ordinal}"
                aria-pressed=${level.ordinal === state.level}
                aria-label=${marks(state, level.ordinal, nameIn(state.lang, level.name))}
                @click=${() => actions.showLevel(level.ordinal)}
              >
                <span>${nameIn(state.lang, level.short_name) || nameIn(state.lang, level.name)}</span>
                ${state.goal?.level === level.ordinal ? html`<i class="level-goal"></i>` : nothing}
                ${state.here?.level === level.ordinal ? html`<i class="level-here"></i>` : nothing}
              </button>`,
            )}
        </div>
        <div class="zoom">
          <button type="button" data-testid="zoom-in" aria-label=${texts.zoomIn} @click=${() => actions.zoom(1.5)}>${icon("plus")}</button>
          <button type="button" data-testid="zoom-out" aria-label=${texts.zoomOut} @click=${() => actions.zoom(1 / 1.5)}>${icon("minus")}</button>
          <button type="button" data-testid="reset-view" aria-label=${texts.resetView} @click=${actions.resetView}>${icon("whole")}</button>
        </div>
        <button
          type="button"
          class="places-button"
          data-testid="places"
          aria-label=${texts.places}
          aria-expanded=${state.directory}
          @click=${actions.toggleDirectory}
        >
          ${icon("list")}
        </button>
      </div>
      ${state.directory ? directory(state, actions) : nothing} ${picked(state, actions)} ${walkBar(state, actions)}
    </section>
  `;
}

function marks(state: Readonly<State>, ordinal: number, name: string): string {
  return state.here?.level === ordinal ? `${name}, ${strings(state.lang).here}` : name;
}

/** The step to take now, large, over the plan. */
function now(state: Readonly<State>): TemplateResult | typeof nothing {
  const { guiding } = state;
  if (!guiding) return nothing;
  const texts = strings(state.lang);
  if (guiding.arrived) {
    const bay = guiding.arrived.bay;
    return html`<div class="now arrived" data-testid="arrived">
      <span class="now-icon">${icon("check")}</span>
      <div>
        <p class="now-text">${texts.arrived}</p>
        <p class="now-more">${guiding.arrived.text || (bay ? fill(texts.arrivedBay, { bay }) : nameIn(state.lang, guiding.goal))}</p>
      </div>
    </div>`;
  }
  const { progress, route, reason } = guiding;
  const step = route.steps[stepNow(guiding)];
  const left_m = progress?.remaining_m ?? route.length_m ?? 0;
  const left_s = progress?.remaining_s ?? route.duration_s ?? 0;
  const minutes = left_s < 60 ? texts.lessThanMinute : fill(texts.minutes, { n: Math.ceil(left_s / 60) });
  const fresh = reason === "off_route" && (progress?.along_m ?? 0) < 4;
  const why = fresh ? texts.rerouted : reason === "plan_changed" && !progress ? texts.planChanged : "";
  return html`<div class="now" data-testid="now">
    <span class="now-icon">${icon(iconOfStep(step?.kind ?? "", step?.text ?? ""))}</span>
    <div>
      ${why ? html`<p class="now-why" data-testid="rerouted">${why}</p>` : nothing}
      <p class="now-text">${step?.text ?? nameIn(state.lang, guiding.goal)}</p>
    </div>
    <p class="now-left">
      <b data-testid="remaining">${metres(left_m, state)}</b>
      <span>${minutes}</span>
    </p>
  </div>`;
}

function walkBar(state: Readonly<State>, actions: Actions): TemplateResult | typeof nothing {
  const { guiding, walk } = state;
  if (!guiding) return nothing;
  const texts = strings(state.lang);
  return html`<div class="walk-bar" role="group" aria-label=${texts.walkTip}>
    ${guiding.arrived
      ? nothing
      : html`<button type="button" class="primary" data-testid="walk" title=${texts.walkTip} aria-pressed=${walk.running} @click=${actions.walk}>
            ${icon(walk.running ? "pause" : "walk")}<span>${walk.running ? texts.pause : texts.walk}</span>
          </button>
          <div class="speeds" role="group" aria-label=${texts.speed}>
            ${([1, 4] as const).map(
              (speed) => html`<button
                type="button"
                data-testid="speed-${speed}"
                aria-pressed=${walk.speed === speed}
                @click=${() => actions.walkSpeed(speed)}
              >
                ${fill(texts.times, { n: speed })}
              </button>`,
            )}
          </div>
          <button type="button" class="quiet" data-testid="leave-path" aria-label=${texts.leavePath} @click=${actions.leavePath}>
            ${icon("aside")}<span>${texts.leavePath}</span>
          </button>`}
    ${guiding.arrived
      ? html`<button type="button" class="primary" data-testid="stop-guide" @click=${actions.stopGuide}>
          ${icon("check")}<span>${texts.done}</span>
        </button>`
      : html`<button type="button" class="quiet" data-testid="stop-guide" aria-label=${texts.stopGuideLong} @click=${actions.stopGuide}>
          ${icon("close")}<span>${texts.stopGuide}</span>
        </button>`}
  </div>`;
}

function picked(state: Readonly<State>, actions: Actions): TemplateResult | typeof nothing {
  const thing = state.picked;
  if (!thing) return nothing;
  const texts = strings(state.lang);
  return html`<div class="picked" data-testid="picked">
    <div>
      <p class="picked-name">${thing.name}</p>
      <p class="picked-more">${[thing.detail, levelName(state, thing.level)].filter(Boolean).join(" · ")}</p>
    </div>
    <button type="button" class="primary" data-testid="picked-go" @click=${() => actions.guidePlace(thing.id)}>
      ${icon("walk")}<span>${texts.takeMe}</span>
    </button>
    <button type="button" class="quiet only-icon" aria-label=${texts.close} @click=${() => actions.pick(null)}>${icon("close")}</button>
  </div>`;
}
