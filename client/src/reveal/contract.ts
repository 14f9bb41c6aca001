import type { SceneSpec, Snapshot, Update } from "../contract";

/** The debrief and the replay as the server gives them: docs/how/live-session.md. Ticks are 1/20 s from the start. */

export type Severity = "critical" | "major" | "minor";

export interface Range {
  mid: number;
  low: number;
  high: number;
}

export interface RevealFinding {
  check: string;
  code: string;
  severity: Severity;
  tick: number;
  seconds: number;
  step: string | null;
  source: string;
  evidence: Record<string, unknown>;
  consequence: Record<string, unknown>;
  title: string;
  why: string;
  paragraph: string;
  advice?: string;
  item?: { id: string; name: string } | null;
  at: string;
}

export type Route = "air" | "surface" | "liquid";
export const ROUTES: readonly Route[] = ["air", "surface", "liquid"];

/** What brought a part of a container's dose, and when; `low` to `high` is where 90 % of the model's members see its share. */
export interface Contributor {
  what: string;
  share: number;
  low?: number;
  high?: number;
  tick: number;
  seconds: number;
  /** The whole of it in words: share, cause, place, when. */
  sentence?: string;
}

export interface Plate {
  item: string;
  name: string;
  /** What became of it in the session, in words; only what was kept could have reached a patient. */
  state?: "kept" | "discarded" | "empty";
  state_text?: string;
  expected_cfu: number;
  drawn_cfu: number;
  by_route: Partial<Record<Route, number>>;
  largest: Contributor[];
}

/** Times an expert's run of the same variant: the middle estimate, and where 90 % of the model's members lie. */
export interface Multiple {
  central: number;
  low: number;
  high: number;
}

export interface Risk {
  of: string;
  relative: Partial<Record<Route | "all", Multiple | null>>;
  units: Record<string, Partial<Record<Route | "all", number | null>>>;
  text: string;
  notice: string;
}

/** What was to be expected in each container, step by step of the session's time. */
export interface Exposure {
  step_s: number;
  rows: ({ item: string } & Record<Route, number[]>)[];
  of: string;
}

/** What one instrument read of the batch. Plates have colonies, drawn and expected; a counter its highest counts, a cubic metre. */
export interface Reading {
  instrument: "settle" | "contact" | "dab" | "counter";
  place: string;
  grade: string;
  exceeds: boolean;
  name: string;
  text: string;
  colonies?: number;
  expected?: number;
  fingers?: Record<string, number>;
  fine?: { highest: number; limit: number };
  coarse?: { highest: number; limit: number };
}

export interface CostLine {
  label: string;
  quantity: number | Range;
  unit: string;
  gbp: Range | null;
  waste_kg: Range | null;
}

export interface RecordComparison {
  id: string;
  label: string;
  unit: string | null;
  value: string | number | null;
  truth: string | number | null;
  at: number | string | null;
  state: "agrees" | "differs" | "missing" | "late";
}

export interface Moment {
  tick: number;
  kind: string;
  text: string;
  severity: Severity | null;
}

export interface Reveal {
  outcome: {
    module: string;
    version: string;
    seed: number;
    mode: "guided" | "practice" | "assessment";
    verdict: "competent" | "not_yet_competent";
    checklist: { score: number; max: number };
    records: { score: number; max: number };
    dose: { expected_cfu: number; by_route: Partial<Record<Route, number>>; drawn_cfu: number } | null;
    seconds: number;
    log_hash: string;
  };
  headline: string;
  /** What such a result can and cannot show, in the session's language. */
  notice?: string;
  self_rating: number | string | null;
  findings: RevealFinding[];
  plates: Plate[];
  monitoring?: Reading[];
  risk?: Risk | null;
  exposure?: Exposure | null;
  cost: { gbp: Range; waste_kg: Range; lines: CostLine[]; source: string } | null;
  timeline: Moment[];
  steps: { id: string; operation: string; title: string; done: number; of: number; tick: number | null }[];
  records: { fields: RecordComparison[]; signatures: { step: string; label: string; meaning: string; at: number | string | null }[] } | null;
  next: { module: string; mode: string; seed: number | null; text?: string };
  receipt: { record: number | string; hash: string } | null;
}

/** x, y, z in whole millimetres, then a unit quaternion; a hand without orientation has the position alone. */
export type PosePoint = [number, number, number] | [number, number, number, number, number, number, number];

export interface Shield {
  item: string;
  by: string;
  from_tick: number;
  to_tick: number;
  /** Of the critical site, in metres. */
  at: [number, number, number];
  severity?: Severity | null;
}

/** What lay on faces, step by step of the session's time: only faces that ever carried something. */
export interface LyingOverTime {
  step_s: number;
  faces: { item: string; part: string; cfu: number[] }[];
}

export interface Replay {
  tick_rate: number;
  ticks: number;
  scene: SceneSpec;
  snapshot: Snapshot;
  updates: Update[];
  poses: Record<"head" | "left" | "right", (PosePoint | null)[]> & { tick: number[] };
  shields: Shield[];
  lying?: LyingOverTime | null;
}
