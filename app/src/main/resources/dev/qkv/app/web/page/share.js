// The whole state in the address: compressed, and sent to nobody.

import { open } from "./note.js";
import { change, state } from "./state.js";

const PREFIX = "#1.";

let kept = "";

async function through(stream, bytes) {
  const body = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(body).arrayBuffer());
}

async function packed(value) {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const small = await through(new CompressionStream("deflate-raw"), bytes);
  let binary = "";
  small.forEach((b) => (binary += String.fromCharCode(b)));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

async function unpacked(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(await through(new DecompressionStream("deflate-raw"), bytes)));
}

export const canShare = () => "CompressionStream" in globalThis;

let turn = 0;

/** Keeps the address true to what is shown. */
export async function keepAddress() {
  const { note, index, blocks, language } = state;
  const mine = ++turn;
  if (!canShare() || state.busy) {
    return;
  }
  const value = note && { name: note.name, text: note.text, index, blocks, language };
  const fragment = note ? PREFIX + (await packed(value)) : "";
  if (mine === turn && fragment !== kept) {
    kept = fragment;
    history.replaceState(null, "", fragment || location.pathname + location.search);
  }
}

/** Opens what the address holds; whether there was anything. */
export async function openAddress() {
  const fragment = location.hash;
  if (!fragment.startsWith(PREFIX) || fragment === kept || !canShare()) {
    return false;
  }
  try {
    const { name, text, index, blocks, language } = await unpacked(fragment.slice(PREFIX.length));
    kept = fragment;
    change({ language: language === "zh" ? "zh" : "en" });
    await open(String(name), String(text), { index: Number(index) || 0, blocks: strings(blocks) });
    return true;
  } catch {
    return null;
  }
}

function strings(blocks) {
  return Object.fromEntries(Object.entries(blocks ?? {}).map(([k, v]) => [k, String(v)]));
}
