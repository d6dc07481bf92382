// What a tab remembers over reloads: the conversation's id and its turns.

const KEY = "budget-qa-conversation";
const MOST_TURNS = 30;

/** The remembered `{id, turns: [{question, answer}]}`. */
export function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? { id: null, turns: [] };
  } catch {
    return { id: null, turns: [] };
  }
}

/** Remember one more turn. */
export function remember(question, answer) {
  const turns = [...recall().turns, { question, answer }].slice(-MOST_TURNS);
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ id: answer.conversation_id, turns }));
  } catch {
    // Storage is full: the id matters more than the turns.
    sessionStorage.setItem(KEY, JSON.stringify({ id: answer.conversation_id, turns: [] }));
  }
}

/** Forget the conversation. */
export function forget() {
  sessionStorage.removeItem(KEY);
}
