
/** Starts the sheet that is compiled to JavaScript, which stands above. */
export async function start() {
  return (method, strings) => {
    try {
      return sheetCall(method, strings);
    } catch (error) {
      // Where the stack is full, for one.
      return sheetFail(String(error), strings);
    }
  };
}
