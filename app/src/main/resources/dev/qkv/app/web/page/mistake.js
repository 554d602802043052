// A catalogued mistake beside the right way, from the first step where they part.

import { html, nothing } from "./lit-html/lit-html.js";
import { markup } from "./markup.js";
import { trying } from "./trouble.js";
import { call } from "./sheet.js";
import { change, place, state } from "./state.js";
import { w } from "./words.js";

const key = (quantity, code) => `${state.index} ${state.blocks[state.index] ?? ""} ${quantity} ${code}`;

/** Opens and closes the comparison. */
export function mistakeOf(quantity, { code }) {
  const shown = state.mistakes[key(quantity, code)];
  return html`<button class="quiet no-print" aria-expanded=${Boolean(shown)} @click=${() => turn(quantity, code)}>
      ${w(shown ? "mistake.hide" : "mistake.show")}
    </button>
    ${shown ? comparison(shown) : nothing}`;
}

function turn(quantity, code) {
  const at = key(quantity, code);
  if (state.mistakes[at]) {
    const { [at]: _, ...others } = state.mistakes;
    change({ mistakes: others });
    return;
  }
  trying(async () => {
    const both = await call("mistake", ...place(), quantity, code);
    change({ mistakes: { ...state.mistakes, [at]: both } });
  });
}

function comparison({ steps }) {
  return html`<div class="parting">
    <p class="hint">${w("mistake.parts", steps[0].wrong.name)}</p>
    ${steps.map(
      ({ right, wrong }) => html`<div class="pair">
        <div>${right ? side(right, null, "mistake.right") : nothing}</div>
        <div>${side(wrong, right, "mistake.wrong")}</div>
      </div>`,
    )}
  </div>`;
}

function side(step, other, word) {
  const alike = (i, j) => !other || other.shown[i]?.[j] === step.shown[i][j];
  return html`<p class="small">${w(word)}</p>
    <div class="formula scroll">${markup(step.formula)}</div>
    <div class="scroll"><table class="blanks" aria-label="${w(word)}: ${step.quantity}"><tbody>
      ${step.shown.map(
        (row, i) => html`<tr>${row.map((shown, j) => html`<td data-outcome=${alike(i, j) ? nothing : "wrong"}>${step.about[i][j].includes("∞") ? shown : step.about[i][j]}</td>`)}</tr>`,
      )}
    </tbody></table></div>`;
}
