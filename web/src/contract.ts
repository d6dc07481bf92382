// What the service sends and takes: the parts of its OpenAPI contract that the element uses.

export type Status = "answered" | "clarify" | "not_disclosed" | "out_of_scope";

export interface InputFigure {
  label: string;
  value: string;
  unit: string;
  citations: number[];
}

export interface Figure extends InputFigure {
  derivation: { operation: string; formula: string; inputs: InputFigure[] };
}

export interface Locator {
  file?: string | null;
  page?: number | null;
  line?: number | null;
}

export interface Citation {
  id: number;
  kind: "cell" | "passage";
  disclosure: string;
  disclosure_id: string;
  title: string;
  table: string | null;
  row: string | null;
  column: string | null;
  section: string | null;
  quote: string;
  locator: Locator;
  fact_id: string | null;
  passage_id: string | null;
  /** Where the service's page of the document shows it, from its root. */
  url: string | null;
}

export interface ChartPoint {
  label: string;
  value: string;
}

export interface Chart {
  kind: "composition" | "comparison" | "ranking" | "series";
  title: string;
  unit: string;
  points: ChartPoint[];
}

export interface Answer {
  status: Status;
  answer: string;
  figures: Figure[];
  citations: Citation[];
  options: string[];
  follow_ups: string[];
  chart: Chart | null;
  conversation_id: string;
  /** Set where the service keeps answers: what feedback and permalinks refer to. */
  answer_id?: string | null;
}

export interface Problem {
  detail?: string;
  code?: string;
}

export interface PrintedRow {
  table: string;
  unit: string;
  headers: string[][];
  cells: string[];
  column: number | null;
}

export interface Paragraph {
  section: string[];
  text: string;
}

export interface Held {
  id: string;
  department: string;
  year: number;
  kind: "budget" | "final_account";
  level: "department" | "unit";
  region: { province: string; city: string; district: string };
  units: unknown[];
}

export interface HeldPage {
  items: Held[];
  total: number;
}

export interface Suggestion {
  text: string;
  kind: string;
  hint: string;
  question: string;
}

export interface Filters {
  disclosure_id?: string;
  department?: string;
  city?: string;
  year?: number;
}

export type Verdict = "right" | "wrong" | "unclear";
