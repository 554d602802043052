// The one way from the page to the sheet: here it computes in this file, on threads of its own.

import { Unanswered } from "./unanswered.js";
import { w } from "./words.js";

const LONGEST = 10_000;

/** Audits take longest and can wait: what a person does must not wait for them. */
const audits = { worker: null, last: Promise.resolve() };
const others = { worker: null, last: Promise.resolve() };

/** Calls a method of the sheet; all arguments are strings. Calls wait for those before them. */
export function call(method, ...strings) {
  const lane = method === "audit" ? audits : others;
  const answer = lane.last.then(() => compute(lane, { method, strings }));
  lane.last = answer.catch(() => {});
  return answer;
}

async function compute(lane, question) {
  lane.worker ??= begin();
  const thread = await lane.worker;
  const { answer, unable } = await within(LONGEST, lane, thread, question);
  if (unable) {
    throw new Unanswered(w("trouble.browser", unable));
  }
  const document = JSON.parse(answer);
  if (document.errors?.length > 0) {
    throw new Unanswered(document.errors[0].text);
  }
  return document;
}

/** The sheet as WebAssembly, or, in browsers that cannot run it, as JavaScript. */
async function begin() {
  const thread = new Worker(qkv.module("worker.js"));
  const bytes = await qkv.bytes("sheet.wasm");
  const fast = await ask(thread, { sheet: qkv.text("starter.js"), bytes });
  if (fast.unable) {
    const plain = await ask(thread, { sheet: await qkv.bytes("sheet-plain.js") });
    if (plain.unable) {
      throw new Unanswered(w("trouble.browser", `${fast.unable}; ${plain.unable}`));
    }
  }
  return thread;
}

/** What takes too long is given up, with the thread that it runs on. */
async function within(milliseconds, lane, thread, question) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => {
      thread.terminate();
      lane.worker = null;
      reject(new Unanswered(w("trouble.slow", milliseconds / 1000)));
    }, milliseconds);
  });
  try {
    return await Promise.race([ask(thread, question), late]);
  } finally {
    clearTimeout(timer);
  }
}

function ask(thread, question) {
  return new Promise((resolve, reject) => {
    thread.onmessage = (e) => resolve(e.data);
    thread.onerror = (e) => reject(new Unanswered(w("trouble.browser", e.message ?? "")));
    thread.postMessage(question);
  });
}
