/** The way as a code for the reader's phone: the phone opens this page and is led from where the kiosk stands. */

import { html, nothing, svg, type TemplateResult } from "lit";
import qrcode from "qrcode-generator";
import { isOwnMachine } from "../entry";
import { icon } from "../icons";
import { nameIn, type State } from "../state";
import { fill, strings } from "../strings";

const QUIET = 4;

export function handoff(state: Readonly<State>): TemplateResult {
  const texts = strings(state.lang);
  const { guiding, handoffUrl } = state;
  if (!handoffUrl || !guiding) return html`<p>${texts.handoffGone}</p>`;
  const goal = nameIn(state.lang, guiding.goal);
  return html`
    <p class="handoff-goal">${fill(texts.way, { goal })}</p>
    ${code(handoffUrl, fill(texts.handoffCode, { goal }))}
    <p class="handoff-how">${texts.handoffHow}</p>
    ${isOwnMachine(new URL(handoffUrl))
      ? html`<p class="note" data-testid="handoff-local">${icon("info")}<span>${texts.handoffLocal}</span></p>`
      : nothing}
  `;
}

/** Always dark on light: a phone's camera reads no other. */
function code(text: string, label: string): TemplateResult {
  const qr = qrcode(0, "M");
  qr.addData(text);
  qr.make();
  const count = qr.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (qr.isDark(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
    }
  }
  const size = count + 2 * QUIET;
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label=${label} data-testid="qr" data-text=${text} shape-rendering="crispEdges">
    ${svg`<rect width=${size} height=${size} fill="#fff" /><path d=${path} fill="#000" />`}
  </svg>`;
}
