// What a visitor chose to see it by, kept on the device: light or dark, text size, language.

export interface Preferences {
  theme?: "light" | "dark";
  large?: boolean;
  language?: "zh" | "en";
}

const KEY = "budget-qa-preferences";

export function preferences(): Preferences {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? "null") as Preferences | null) ?? {};
  } catch {
    return {};
  }
}

export function prefer(change: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...preferences(), ...change }));
  } catch {
    // Storage is blocked: the choice holds for this page.
  }
}
