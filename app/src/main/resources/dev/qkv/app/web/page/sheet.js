// The one way from the page to the sheet.

import { Unanswered } from "./unanswered.js";

const TRIES = 5;
const PAUSE = 400;

/** Calls a method of the sheet; all arguments are strings. */
export async function call(method, ...strings) {
  for (let attempt = 1; ; attempt++) {
    const answer = await send(method, strings);
    if (answer.status !== 503 || attempt === TRIES) {
      return documentOf(answer);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE * attempt));
  }
}

async function send(method, strings) {
  try {
    return await fetch("api/" + method, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(strings),
    });
  } catch {
    throw new Unanswered("");
  }
}

async function documentOf(answer) {
  let document;
  try {
    document = await answer.json();
  } catch {
    throw new Unanswered(answer.ok ? "" : `${answer.status} ${answer.statusText}`.trim());
  }
  if (!answer.ok) {
    throw new Unanswered(document.errors?.[0]?.text ?? String(answer.status));
  }
  return document;
}
