// The sheet against the definition, the engine and central differences, when somebody asks.

import { html, nothing } from "./lit-html/lit-html.js";
import { trying } from "./trouble.js";
import { call } from "./sheet.js";
import { change, place, say, state } from "./state.js";
import { w } from "./words.js";

const now = () => `${state.language} ${state.index} ${state.blocks[state.index] ?? ""}`;

export function verification() {
  const found = state.verified?.of === now() ? state.verified.lines : null;
  return html`<div class="verification no-print">
    <button @click=${verify}>${w("verify.button")}</button>
    ${found ? html`<ul>${found.map((v) => html`<li class=${v.agrees ? "right" : "wrong"}>${v.agrees ? "✓" : "✗"} ${v.text}</li>`)}</ul>` : nothing}
    ${found?.length === 0 ? html`<p class="hint">${w("verify.none")}</p>` : nothing}
  </div>`;
}

function verify() {
  const of = now();
  trying(async () => {
    const { verification: lines } = await call("verify", ...place());
    change({ verified: { of, lines } });
    say(lines.map((v) => v.text).join(". ") || w("verify.none"));
  });
}
