// What goes wrong between the page and the sheet.

import { change } from "./state.js";
import { Unanswered } from "./unanswered.js";
import { w } from "./words.js";

/** Runs what asks the sheet; what goes wrong is said above everything. */
export async function trying(work) {
  try {
    await work();
  } catch (e) {
    if (!(e instanceof Unanswered)) {
      throw e;
    }
    change({ busy: false, trouble: e.unreachable ? w("trouble.unreachable") : e.message });
  }
}
