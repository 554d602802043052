// Every word of the page, in the language that is chosen.

import { state } from "./state.js";
import { ENGLISH } from "./words-en.js";
import { CHINESE } from "./words-zh.js";

/** The words under a key; {0}, {1} … stand for the parts. */
export function w(key, ...parts) {
  const words = (state.language === "zh" ? CHINESE : ENGLISH)[key];
  return words.replace(/\{(\d)\}/g, (_, i) => parts[i]);
}
