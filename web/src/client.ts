// Talks to the service. Every method throws a `Failure`; nothing here touches the page.

import type {
  Answer,
  Filters,
  HeldPage,
  Paragraph,
  PrintedRow,
  Problem,
  Suggestion,
  Verdict,
} from "./contract";
import { Failure, failureOf } from "./failure";
import { events } from "./stream";

export class Client {
  /** `base` is the service's root, ending in a slash. */
  constructor(private readonly base: URL) {}

  /** An absolute address at the service. */
  address(path: string): string {
    return new URL(path.replace(/^\//, ""), this.base).href;
  }

  starters(): Promise<{ questions: string[] }> {
    return this.read("api/starters");
  }

  held(): Promise<HeldPage> {
    return this.read("api/disclosures?limit=200");
  }

  /** Official names that match; with `disclosure`, those of one document only. */
  suggest(text: string, disclosure: string, signal: AbortSignal): Promise<{ items: Suggestion[] }> {
    const query = new URLSearchParams({ q: text, limit: "8" });
    if (disclosure) query.set("disclosure_id", disclosure);
    return this.read(`api/suggest?${query}`, signal);
  }

  row(disclosure: string, fact: string): Promise<PrintedRow> {
    return this.read(`api/disclosures/${encode(disclosure)}/facts/${encode(fact)}/row`);
  }

  paragraph(disclosure: string, passage: string): Promise<Paragraph> {
    return this.read(`api/disclosures/${encode(disclosure)}/passages/${encode(passage)}`);
  }

  async feedback(answer: string, verdict: Verdict, note: string): Promise<void> {
    await this.send(`api/answers/${encode(answer)}/feedback`, { verdict, note });
  }

  /** The lasting address of an answer. */
  async share(answer: string): Promise<string> {
    const response = await this.send(`api/answers/${encode(answer)}/share`, {});
    const { url } = (await response.json()) as { url: string };
    return this.address(url);
  }

  /** Ask; `onText` gets the pieces of the answer's text as they come. Resolves with the whole. */
  async ask(
    question: string,
    conversation: string | null,
    filters: Filters | null,
    signal: AbortSignal,
    onText: (text: string) => void,
  ): Promise<Answer> {
    const body = { question, conversation_id: conversation, ...(filters ? { filters } : {}) };
    const response = await this.send("api/ask/stream", body, signal);
    let answer: Answer | null = null;
    try {
      if (!response.body) throw new Failure("dropped");
      for await (const { event, data } of events(response.body)) {
        if (event === "text") onText((data as { text: string }).text);
        else if (event === "done") answer = data as Answer;
        else if (event === "error") throw new Failure("refused", data as Problem);
      }
    } catch (cause) {
      if (signal.aborted) throw new Failure("stopped");
      throw cause instanceof Failure ? cause : new Failure("dropped");
    }
    if (!answer) throw new Failure("dropped");
    return answer;
  }

  private async read<T>(path: string, signal?: AbortSignal): Promise<T> {
    const response = await this.request(path, signal ? { signal } : {});
    return (await response.json()) as T;
  }

  private send(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
    return this.request(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
  }

  private async request(path: string, options: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(this.address(path), { ...options, credentials: "omit" });
    } catch {
      if (options.signal?.aborted) throw new Failure("stopped");
      throw new Failure(navigator.onLine ? "unreachable" : "offline");
    }
    if (!response.ok) throw await failureOf(response);
    return response;
  }
}

const encode = encodeURIComponent;
