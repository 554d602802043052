// Heat maps, which the sheet draws; they can be saved as SVG and PNG.

import { html, nothing } from "./lit-html/lit-html.js";
import { call } from "./sheet.js";
import { change, place, quantity, state } from "./state.js";
import { dark } from "./theme.js";
import { trying } from "./trouble.js";
import { w } from "./words.js";

const SHARPNESS = 3;
const SYSTEM = "@media (prefers-color-scheme:dark)";

export function pictureButton(q) {
  if (q.kind === "plain" || q.rows * q.columns === 1) {
    return nothing;
  }
  const open = q.quantity in state.pictures;
  return html`<button aria-expanded=${open} @click=${() => toggle(q.quantity)}>${w("picture.button")}</button>`;
}

function toggle(name) {
  const pictures = { ...state.pictures };
  if (name in pictures) {
    delete pictures[name];
    change({ pictures });
  } else {
    fetchPicture(name);
  }
}

async function fetchPicture(name) {
  const index = state.index;
  await trying(async () => {
    const { svg } = await call("picture", ...place(), name);
    if (index === state.index) {
      change({ pictures: { ...state.pictures, [name]: svg } });
    }
  });
}

/** After an edit those that are open are drawn again. */
export function openPictures() {
  Object.keys(state.pictures).forEach((name) => {
    if (quantity(name)) {
      fetchPicture(name);
    }
  });
}

export function pictureOf(q) {
  const svg = state.pictures[q.quantity];
  if (!svg) {
    return nothing;
  }
  return html`<figure class="picture">
    <div class="scroll"><img src=${address(svg, dark())} alt="${w("picture.alt", q.quantity, q.name)}" /></div>
    <figcaption class="no-print">
      <button @click=${() => save(new Blob([svg], { type: "image/svg+xml" }), q.quantity + ".svg")}>${w("picture.svg")}</button>
      <button @click=${() => savePng(svg, q.quantity)}>${w("picture.png")}</button>
    </figcaption>
  </figure>`;
}

/** As an image, so that its own style stays its own; it follows the page's theme, not the system's. */
function address(svg, isDark) {
  const themed = svg.replace(SYSTEM, isDark ? "@media all" : "@media not all");
  return "data:image/svg+xml;charset=utf-8," + encodeURIComponent(themed);
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** On paper, whatever the page looks like. */
async function savePng(svg, name) {
  const image = new Image();
  image.src = address(svg, false);
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SHARPNESS;
  canvas.height = image.naturalHeight * SHARPNESS;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => save(blob, name + ".png"), "image/png");
}
