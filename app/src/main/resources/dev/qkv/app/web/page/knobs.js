// The choices of an exercise: scaling and mask always, the others behind a disclosure.

import { html, nothing } from "./lit-html/lit-html.js";
import { live } from "./lit-html/directives/live.js";
import { edit } from "./editing.js";
import { change, quantities, quantity, state } from "./state.js";
import { w } from "./words.js";

export function knobs() {
  const { knobs: all } = state.sheet;
  return html`<section class="knobs no-print" aria-labelledby="knobs-title">
    <h2 id="knobs-title" class="unseen">${w("knobs.title")}</h2>
    <div class="row">
      ${scale(all.scale)} ${mask(all.mask)}
      <details class="more" ?open=${state.more ?? unusual(all)} @toggle=${(e) => change({ more: e.target.open })}>
        <summary>${w("knobs.more")}</summary>
        <div class="row">
          ${choice("activation", all.activation)} ${choice("norm", all.norm)} ${choice("positions", all.positions)}
          ${number("h", all.h)} ${number("tau", all.tau)} ${number("eps", all.eps)}
          ${field(w("knob.tokens"), all.tokens, (v) => edit("choice", "tokens", v), 18)}
        </div>
      </details>
    </div>
    ${["scale", "mask", "activation", "norm", "positions", "tokens"].map((n) => "choice " + n).concat("h", "tau", "eps").map(refused)}
  </section>`;
}

/** Whether something behind the disclosure is other than usual. */
function unusual(all) {
  return Boolean(all.h || all.tau || all.eps || all.tokens) || [all.activation, all.norm, all.positions].some((k) => k.value !== k.options[0]);
}

function refused(at) {
  const r = state.refusals[at];
  return r ? html`<p class="refused"><q>${r.typed}</q> — ${r.text}</p>` : nothing;
}

function select(name, value, options, chosen) {
  return html`<label class="knob"><span>${w("knob." + name)}</span>
    <select .value=${live(value)} @change=${(e) => chosen(e.target.value)}>
      ${options.map((o) => html`<option value=${o} ?selected=${o === value}>${w("option." + o)}</option>`)}
    </select></label>`;
}

function field(label, value, chosen, width = 5) {
  return html`<label class="knob"><span>${label}</span>
    <input type="text" size=${Math.max(width, value.length)} autocomplete="off" spellcheck="false" .value=${value}
      @change=${(e) => chosen(e.target.value.trim())} /></label>`;
}

function choice(name, { value, options }) {
  return select(name, value, options, (v) => edit("choice", name, v === options[0] ? "" : v));
}

function number(name, value) {
  return field(w("knob." + name), value, (v) => {
    if (v) {
      edit("matrix", name, v);
    } else if (value) {
      edit("drop", name);
    }
  });
}

/** What the block says after "name =". */
function written(name) {
  const line = state.sheet.block.split("\n").find((l) => l.startsWith(name + " = "));
  return line?.slice(name.length + 3) ?? "";
}

function scale({ value, options }) {
  return html`${select("scale", value, options, (v) =>
    edit("choice", "scale", { root: "", none: "none", factor: "1/2" }[v]),
  )}
  ${value === "factor" ? field(w("knob.factor"), written("scale"), (v) => edit("choice", "scale", v)) : nothing}`;
}

const STARTS = { none: "", causal: "causal", window: "window 1 0", keep: "keep 1 -> {1}" };

function mask({ value, options }) {
  return html`${select("mask", value, options, chooseMask)} ${maskParts(value)}`;
}

function chooseMask(value) {
  edit("choice", "mask", value === "given" ? ownMask() : STARTS[value]);
}

/** An own mask begins as the causal one: 0 where a query may look, −∞ where not. */
function ownMask() {
  const scores = quantities().find((q) => q.quantity === "dot" || q.quantity === "S");
  const rows = scores?.rows ?? quantity("Q")?.rows ?? 1;
  const columns = scores?.columns ?? quantity("K")?.rows ?? rows;
  const row = (i) => Array.from({ length: columns }, (_, j) => (j <= i + columns - rows ? "0" : "-inf")).join(", ");
  return "[" + Array.from({ length: rows }, (_, i) => row(i)).join("; ") + "]";
}

function maskParts(value) {
  if (value === "window") {
    const [before = "1", after = "0"] = written("mask").replace("window", "").trim().split(/[\s,]+/);
    return html`${field(w("knob.before"), before, (v) => edit("choice", "mask", `window ${v} ${after}`), 2)}
    ${field(w("knob.after"), after, (v) => edit("choice", "mask", `window ${before} ${v}`), 2)}`;
  }
  if (value === "keep") {
    const lines = state.sheet.block.split("\n").filter((l) => l.startsWith("keep "));
    const text = lines.map((l) => l.slice(5)).join("; ");
    return field(w("knob.keep"), text, (v) => edit("choice", "mask", keeps(v)), 18);
  }
  return nothing;
}

function keeps(text) {
  return text
    .split(";")
    .map((part) => "keep " + part.trim())
    .join("; ");
}
