// What a tab remembers over reloads: the conversation's id and its turns.

import type { Answer } from "./contract";

export interface Turn {
  question: string;
  answer: Answer;
}

interface Kept {
  id: string | null;
  turns: Turn[];
}

const MOST_TURNS = 60;

/** One conversation of the tab. Where the browser keeps nothing, it lasts as long as the page. */
export class Session {
  private kept: Kept;

  /** `scope` tells conversations of one site apart: the service and what it is asked about. */
  constructor(scope: string) {
    this.key = `budget-qa-conversation:${scope}`;
    this.kept = this.load();
  }

  private readonly key: string;

  get id(): string | null {
    return this.kept.id;
  }

  get turns(): readonly Turn[] {
    return this.kept.turns;
  }

  remember(question: string, answer: Answer): void {
    const turns = [...this.kept.turns, { question, answer }].slice(-MOST_TURNS);
    this.kept = { id: answer.conversation_id, turns };
    // When storage is full, the latest turns matter most, and the id more than any of them.
    for (let most = turns.length; !this.store(most) && most > 0; most = Math.floor(most / 2));
  }

  forget(): void {
    this.kept = { id: null, turns: [] };
    this.store(0);
  }

  private store(most: number): boolean {
    const turns = most ? this.kept.turns.slice(-most) : [];
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ id: this.kept.id, turns }));
      return true;
    } catch {
      return false;
    }
  }

  private load(): Kept {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null") as Kept | null;
      if (kept && Array.isArray(kept.turns)) return kept;
    } catch {
      // Storage is blocked, or holds what an older version wrote.
    }
    return { id: null, turns: [] };
  }
}
