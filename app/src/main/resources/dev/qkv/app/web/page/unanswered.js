// What went wrong on the way to the sheet, or what the sheet says of a call that it cannot answer.

export class Unanswered extends Error {
  constructor(text) {
    super(text);
    this.unreachable = text === "";
  }
}
