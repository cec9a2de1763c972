/** Every place of the level as a list: the plan for those who do not see it or cannot point. */

import { html, nothing, type TemplateResult } from "lit";
import { levelName } from "../app";
import { icon, type IconName, iconOfCategory } from "../icons";
import { kindOfUnit } from "../map/level";
import { nameIn, type State } from "../state";
import { fill, strings } from "../strings";
import type { Actions } from "./actions";

interface Entry {
  readonly pick: string;
  readonly name: string;
  readonly detail: string;
  readonly icon: IconName;
}

export function directory(state: Readonly<State>, actions: Actions): TemplateResult {
  const texts = strings(state.lang);
  const level = levelName(state, state.level);
  return html`<div class="directory" role="dialog" aria-labelledby="directory-title" data-testid="directory">
    <div class="directory-head">
      <h2 id="directory-title" class="part-title">${fill(texts.placesOn, { level })}</h2>
      <button type="button" class="quiet only-icon" aria-label=${texts.close} data-testid="directory-close" @click=${actions.toggleDirectory}>
        ${icon("close")}
      </button>
    </div>
    <div class="directory-list" tabindex="0" role="group" aria-labelledby="directory-title">
      ${group(texts.rooms, rooms(state), actions)} ${group(texts.services, services(state), actions)}
      ${group(texts.shelves, shelves(state), actions)}
    </div>
  </div>`;
}

function group(title: string, entries: readonly Entry[], actions: Actions): TemplateResult | typeof nothing {
  if (!entries.length) return nothing;
  return html`<h3>${title}</h3>
    <ul>
      ${entries.map(
        (entry) => html`<li>
          <button type="button" data-testid="directory-entry" @click=${() => actions.pick(entry.pick)}>
            ${icon(entry.icon)}<span>${entry.name}</span>${entry.detail ? html`<small>${entry.detail}</small>` : nothing}
          </button>
        </li>`,
      )}
    </ul>`;
}

function rooms(state: Readonly<State>): Entry[] {
  const units = state.plan?.units ?? [];
  return named(
    state,
    units.filter(
      (unit) =>
        ["room", "warm", "way", "green", "wash"].includes(kindOfUnit(unit.category, unit.restricted)) &&
        !/walkway|corridor/.test(unit.category),
    ),
    "unit",
  );
}

function services(state: Readonly<State>): Entry[] {
  return named(state, (state.plan?.pins ?? []).filter((pin) => pin.kind !== "occupant"), "pin");
}

function named(
  state: Readonly<State>,
  things: readonly { id: string; level: number; category: string; name: Record<string, string> }[],
  kind: string,
): Entry[] {
  const found = things
    .filter((thing) => thing.level === state.level)
    .map((thing) => ({
      pick: `${kind}:${thing.id}`,
      name: nameIn(state.lang, thing.name),
      detail: "",
      icon: kind === "pin" ? iconOfCategory(thing.category) : ("door" as IconName),
    }));
  return found.filter((entry) => entry.name).sort((a, b) => a.name.localeCompare(b.name, state.lang));
}

function shelves(state: Readonly<State>): Entry[] {
  return (state.plan?.faces ?? [])
    .filter((face) => face.level === state.level)
    .map((face) => ({
      pick: `face:${face.range_id}`,
      name: face.label,
      detail: `${face.first}–${face.last}`,
      icon: "book" as IconName,
    }));
}
