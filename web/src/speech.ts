// Reading answers aloud and taking questions by voice, where the browser can.

/** Whether answers can be read aloud here. */
export const canSpeak = (): boolean => "speechSynthesis" in window;

/** Read `text`; calls `ended` when it is over, however it ends. */
export function speak(text: string, ended: () => void): void {
  speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = "zh-CN";
  utterance.rate = 0.95;
  const voice = speechSynthesis.getVoices().find(({ lang }) => lang.replace("_", "-") === "zh-CN");
  if (voice) utterance.voice = voice;
  utterance.addEventListener("end", ended);
  utterance.addEventListener("error", ended);
  speechSynthesis.speak(utterance);
}

export function hush(): void {
  if (canSpeak()) speechSynthesis.cancel();
}

interface Recognition extends EventTarget {
  lang: string;
  interimResults: boolean;
  start(): void;
  stop(): void;
}
type RecognitionResults = Event & { results: ArrayLike<ArrayLike<{ transcript: string }>> };

function recognitionClass(): (new () => Recognition) | undefined {
  const known = window as unknown as Record<string, (new () => Recognition) | undefined>;
  return known["SpeechRecognition"] ?? known["webkitSpeechRecognition"];
}

/** Whether questions can be spoken here. */
export const canListen = (): boolean => recognitionClass() !== undefined;

export interface Listening {
  stop(): void;
}

/** Listen for one question. `heard` gets the words so far; `ended` whether the microphone was
 * refused. */
export function listen(
  language: string,
  heard: (text: string) => void,
  ended: (refused: boolean) => void,
): Listening | null {
  const kind = recognitionClass();
  if (!kind) return null;
  const recognition = new kind();
  recognition.lang = language;
  recognition.interimResults = true;
  let refused = false;
  recognition.addEventListener("result", (event) => {
    const { results } = event as RecognitionResults;
    heard(Array.from(results, (result) => result[0]?.transcript ?? "").join(""));
  });
  recognition.addEventListener("error", (event) => {
    const { error } = event as Event & { error: string };
    refused = error === "not-allowed" || error === "service-not-allowed" || error === "audio-capture";
  });
  recognition.addEventListener("end", () => ended(refused));
  recognition.start();
  return recognition;
}
