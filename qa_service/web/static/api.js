// Talks to the service: JSON lists, and questions whose answers arrive as server-sent events.

/** An error that can be shown: its message is Chinese and says what to do. */
export class ServiceError extends Error {}

async function problemOf(response) {
  const wait = response.headers.get("Retry-After");
  try {
    const problem = await response.json();
    return new ServiceError(problem.detail);
  } catch {
    const again = wait ? `请在${wait}秒后再试。` : "请稍后再试。";
    return new ServiceError(`服务暂时不能回答（HTTP ${response.status}）。${again}`);
  }
}

/** GET a JSON document. */
export async function read(path) {
  const response = await request(path, {});
  return response.json();
}

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (cause) {
    if (cause.name === "AbortError") throw cause;
    throw new ServiceError("连接不到服务。请检查网络后重试。", { cause });
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** Ask a question; calls `on(event, data)` for each event. Resolves after the last one. */
export async function ask(question, conversationId, signal, on) {
  const response = await request("/api/ask/stream", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ question, conversation_id: conversationId }),
    signal,
  });
  let complete = false;
  try {
    for await (const { event, data } of events(response.body)) {
      if (event === "error") throw new ServiceError(data.detail);
      if (event === "done") complete = true;
      on(event, data);
    }
  } catch (cause) {
    if (cause instanceof ServiceError || cause.name === "AbortError") throw cause;
    throw new ServiceError("回答中途断开。请重试。", { cause });
  }
  if (!complete) throw new ServiceError("回答中途断开。请重试。");
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    buffer += value;
    const blocks = buffer.split(/\r?\n\r?\n/);
    buffer = blocks.pop();
    for (const block of blocks) {
      const parsed = parse(block);
      if (parsed) yield parsed;
    }
  }
}

function parse(block) {
  let event = "message";
  const data = [];
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith("event:")) event = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
  }
  return data.length ? { event, data: JSON.parse(data.join("\n")) } : null;
}
