// The thread that the sheet computes on: first which sheet, then call after call.

let call;

onmessage = async ({ data }) => {
  if (data.sheet === undefined) {
    postMessage({ answer: call(data.method, data.strings) });
    return;
  }
  try {
    const { start } = await import(data.sheet);
    call = await start(data.bytes);
    postMessage({});
  } catch (e) {
    postMessage({ unable: String(e) });
  }
};
