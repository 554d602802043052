// A quantity's numbers as a grid, with the names of its axes; givens can be typed into.

import { html, nothing } from "./lit-html/lit-html.js";
import { key } from "./cells.js";
import { edit } from "./editing.js";
import { change, state } from "./state.js";
import { w } from "./words.js";

const MANY = 600;

/** The cells of a quantity; marks are what the note claims of them. */
export function grid(q, { editable = false, marks = new Map() } = {}) {
  if (q.rows * q.columns <= MANY) {
    return numbers(q, editable, marks);
  }
  const open = state.large.has(q.quantity);
  return html`<details ?open=${open} @toggle=${(e) => unfold(q.quantity, e.target.open)}>
    <summary>${w("grid.large", q.rows, q.columns)}</summary>
    ${open ? numbers(q, editable, marks) : nothing}
  </details>`;
}

/** Thousands of cells are made only for those who want to see them. */
function unfold(name, open) {
  if (open !== state.large.has(name)) {
    const large = new Set(state.large);
    large[open ? "add" : "delete"](name);
    change({ large });
  }
}

function numbers(q, editable, marks) {
  const single = q.rows === 1 && q.columns === 1;
  const rowAxis = q.rowAxis === "1" ? "" : q.rowAxis;
  const columnAxis = q.columnAxis === "1" ? "" : q.columnAxis;
  return html`<div class="scroll">
    <table role="grid" class=${single ? "single" : ""} aria-label="${q.quantity}, ${q.name}, ${q.rows} × ${q.columns}">
      ${single ? nothing : head(q, rowAxis, columnAxis)}
      <tbody role="rowgroup">
        ${q.shown.map(
          (row, i) => html`<tr role="row">
            ${single ? nothing : html`<th role="rowheader" scope="row">${q.rowNames[i] ?? i + 1}</th>`}
            ${row.map((_, j) => cell(q, i, j, editable, marks))}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function head(q, rowAxis, columnAxis) {
  return html`<thead role="rowgroup">
    <tr role="row" class="axis">
      ${axis(rowAxis, 1)} ${axis(columnAxis, q.columns)}
    </tr>
    <tr role="row">
      <td role="gridcell"></td>
      ${q.shown[0].map((_, j) => html`<th role="columnheader" scope="col">${q.columnNames[j] ?? j + 1}</th>`)}
    </tr>
  </thead>`;
}

/** What is counted along an axis, where it has a name. */
function axis(name, columns) {
  return name
    ? html`<th role="columnheader" scope="colgroup" colspan=${columns}>${name}</th>`
    : html`<td role="gridcell" colspan=${columns}></td>`;
}

function cell(q, i, j, editable, marks) {
  const mark = marks.get(`${i}/${j}`);
  const reach = i === 0 && j === 0 ? "0" : "-1";
  if (editable) {
    return html`<td role="gridcell" class="field" data-cell=${key(q.quantity, i, j)}>${field(q, i, j, reach)}</td>`;
  }
  return html`<td role="gridcell" tabindex=${reach} data-cell=${key(q.quantity, i, j)} data-outcome=${mark?.outcome ?? nothing}>
    ${forms(q.shown[i][j], q.about[i][j], mark ? glyph(mark) : nothing)}
  </td>`;
}

const DECIMAL = /^[−-]?\d+(\.\d+)?$/;

/** The closed form, and below it what it is about, where that says more. */
function forms(shown, about, sign) {
  const plain = DECIMAL.test(shown) || !/\d/.test(shown) || shown === about;
  const form = !plain && state.decimals ? about : shown;
  const below = plain || state.decimals ? nothing : html`<span class="about">${about}</span>`;
  return html`<span class="shown">${form}</span>${sign}${below}`;
}

const GLYPHS = { right: "✓", wrong: "✗", unchecked: "?", carried: "↷", unreadable: "!" };

export function glyph({ outcome }) {
  return html`<span class="glyph ${outcome}" role="img" aria-label=${w("outcome." + outcome)}>${GLYPHS[outcome]}</span>`;
}

function field(q, i, j, reach) {
  const at = key(q.quantity, i, j);
  const refused = state.refusals[at];
  const text = refused?.typed ?? q.written[i][j];
  return html`<input
    type="text"
    inputmode="text"
    autocomplete="off"
    autocapitalize="off"
    spellcheck="false"
    tabindex=${reach}
    size=${Math.max(3, text.length)}
    aria-label=${w("grid.cell", q.quantity, i + 1, j + 1)}
    aria-invalid=${refused ? "true" : nothing}
    aria-describedby=${refused ? "refused-" + q.quantity : nothing}
    .value=${text}
    @input=${(e) => (e.target.size = Math.max(3, e.target.value.length))}
    @change=${(e) => typed(e.target, q, i, j)}
    @paste=${(e) => pasted(e, q)}
  />`;
}

function typed(input, q, i, j) {
  const text = input.value.trim();
  if (text !== q.written[i][j] || state.refusals[key(q.quantity, i, j)]) {
    edit("cell", q.quantity, String(i), String(j), text);
  }
}

/** One number is typed into its cell; several replace the grid. */
function pasted(e, q) {
  const text = e.clipboardData.getData("text/plain");
  if (/\d[\s,;&|]+\S*[\d∞f]/.test(text.trim())) {
    e.preventDefault();
    edit("matrix", q.quantity, text);
  }
}
