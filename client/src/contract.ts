/**
 * What crosses the line between the client and the server: the types of docs/how/live-session.md.
 * Metres, right-handed, y up; yaw in radians about y, 0 faces -z; 20 ticks a second.
 */

export const PROTOCOL = 1;
export const TICKS_PER_SECOND = 20;

export type Side = "left" | "right";
export const SIDES: readonly Side[] = ["left", "right"];
export type Vec3 = [number, number, number];
/** A stroke is a list of [x, z] points on a surface, in metres. */
export type Stroke = [number, number][];
export type Path = Stroke[];
export type Mode = "guided" | "practice" | "assessment";

// ---- scene, sent once -------------------------------------------------------------------------------------------

export interface Equipment {
  id: string;
  kind: string;
  at: Vec3;
  yaw: number;
  model: string;
}

export interface Surface {
  y: number;
  x: [number, number];
  z: [number, number];
  station: string;
  equipment: string;
}

export interface Station {
  title: string;
  at: Vec3;
  yaw: number;
  /** How far up one looks first, radians; without it, at the station's work surface. */
  pitch?: number;
  key: number;
}

/** Where a thing's origin is, and how it is turned, in the frame of the right hand; the left hand mirrors it in x. */
export interface Grip {
  pose: "pinch" | "grip" | "palm";
  at: Vec3;
  turn: [number, number, number, number];
}

/** How a part moves from rest to its end. */
export interface Motion {
  slide?: Vec3 | null;
  turn?: Vec3 | null;
  degrees?: number;
  at?: Vec3;
}

export interface ModelSpec {
  url: string;
  /** The picture of the light computed for a room; see docs/how/plant.md. */
  light?: string | null;
  /** The kind's name, where a stand-in may have to carry it. */
  title?: string;
  size: Vec3;
  /** Moves the bounding box where the origin is not the middle of its base. */
  shift?: Vec3;
  parts: string[];
  anchor: string;
  grips?: Record<string, Grip>;
  /** Working points: needle tip, nozzle. */
  points?: Record<string, Vec3>;
  /** Nodes the client writes on: width and height in metres, UV 0..1 with v up. */
  screens?: Record<string, { size: [number, number] }>;
  motions?: Record<string, Motion>;
}

export interface SceneStep {
  id: string;
  operation: string;
  title: string;
}

export interface SceneSpec {
  module: string;
  title: string;
  room: { kind: string; size: Vec3 };
  equipment: Equipment[];
  surfaces: Record<string, Surface>;
  stations: Record<string, Station>;
  models: Record<string, ModelSpec>;
  steps: SceneStep[];
  text: Record<string, string>;
}

// ---- snapshot and its updates -----------------------------------------------------------------------------------

export interface HandState {
  holds: string | null;
  grip: string | null;
  glove: "intact" | "torn";
  wet: boolean;
}

export interface Look {
  hide?: string[];
  level?: number;
  wet?: number;
  label?: string[];
  tone?: "normal" | "alarm";
}

export interface Item {
  kind: string;
  name: string;
  /** "surface:worktop", "hand:left", "in:vial-rack", "fixed" or "floor". */
  where: string;
  at: Vec3;
  yaw: number;
  look: Look;
}

export type Verb =
  | "move" | "take" | "place" | "drop" | "touch" | "use" | "open" | "close" | "operate" | "don" | "doff"
  | "record" | "correct" | "sign" | "report" | "answer" | "hint" | "pose" | "pace" | "pause" | "finish";

export interface AmountSpec {
  min: number;
  max: number;
  step: number;
  start: number;
  unit: string;
}

export interface Choice {
  id: string;
  label: string;
}

export interface Pattern {
  id: string;
  label: string;
  path: Path;
}

export type Needs = "amount" | "path" | "place" | "value" | "choice" | "text";

export interface AffordanceSpec extends Partial<AmountSpec> {
  choices?: Choice[];
  surfaces?: string[];
  patterns?: Pattern[];
}

/** An action as it stands in the log, lacking seq and tick. */
export type ActionBody = { verb: Verb } & Record<string, unknown>;
export type Action = ActionBody & { seq: number; tick: number };

export interface Affordance {
  id: string;
  verb: Verb;
  hand: Side | null;
  part: string | null;
  label: string;
  why_not: string | null;
  needs: Needs | null;
  spec: AffordanceSpec | null;
  action: ActionBody;
}

export interface Question {
  id: string;
  text: string;
  choices: Choice[];
  item: string | null;
}

export interface SopPanel {
  title: string;
  operation: string | null;
  /** Guided: what the step in hand is about. */
  item?: string | null;
  /** Guided: the next thing to go to; an item's id, "surface:<id>", "hand:<side>", "station:<id>" or "panel:record". */
  target?: string | null;
  steps: { id: string; operation?: string; title: string; why?: string; source?: string; state?: "done" | "now" | "later" | "skipped" }[];
}

export interface RecordField {
  id: string;
  label: string;
  type: "text" | "number" | "choice" | "time";
  unit?: string | null;
  choices?: (string | Choice)[] | null;
  /** Printed on the record from the start: nobody enters it. */
  given?: boolean;
  value: string | number | null;
  at: number | string | null;
  corrected: { old: string | number | null; reason: string; at: number | string | null }[];
}

export interface RecordPanel {
  title: string;
  batch: string;
  /** The date and the time on the wall. */
  today?: string;
  time?: string;
  fields: RecordField[];
  signatures: { step: string; label: string; meaning: string | null; at: number | string | null }[];
}

export interface CabinetPanel {
  title: string;
  running: boolean;
  minutes: number;
  readings: { label: string; value: string | number; unit: string; tone: string }[];
  alarm: string | null;
  sash?: string;
}

export interface Panels {
  sop?: SopPanel;
  record?: RecordPanel;
  cabinet?: CabinetPanel | null;
}

export interface Snapshot {
  tick: number;
  station: string;
  step: string | null;
  pace: number;
  finished: boolean;
  hands: Record<Side, HandState>;
  items: Record<string, Item>;
  affordances: Record<string, Affordance[]>;
  panels: Panels;
  questions: Question[];
}

export interface SessionEvent {
  tick: number;
  kind: string;
  [field: string]: unknown;
}

// ---- messages ---------------------------------------------------------------------------------------------------

export interface Welcome {
  t: "welcome";
  session: string;
  module: string;
  mode: Mode;
  language: string;
  tick: number;
  seq: number;
  scene: SceneSpec;
  snapshot: Snapshot;
}

export interface Update extends Partial<Omit<Snapshot, "tick">> {
  t: "update";
  tick: number;
  events?: SessionEvent[];
  removed?: string[];
}

export interface Refused {
  t: "refused";
  seq: number;
  item: string | null;
  why: string;
}

export interface WireError {
  t: "error";
  seq: number | null;
  what: string;
  where: string;
  fix: string;
}

/** A face on which organisms lie: whose it is (an item, a surface, "hand:left", "sleeve"), which part, how many are expected (CFU). */
export type Face = [owner: string, part: string, cfu: number];

export interface Lying {
  t: "lying";
  tick: number;
  faces: Face[];
}

export type ServerMessage =
  | Welcome
  | Update
  | { t: "ack"; seq: number }
  | Refused
  | WireError
  | { t: "outcome"; url: string }
  | { t: "pong"; n: number }
  | Lying;

export type ClientMessage =
  | { t: "hello"; protocol: number; token: string; have: number }
  | { t: "act"; a: Action }
  | { t: "ping"; n: number }
  | { t: "look" };

/** Close codes of the live socket that no reconnection can mend. */
export const FATAL_CLOSE: readonly number[] = [4400, 4403, 4404, 4409];

/** Centre of the palm or of the head: metres and a unit quaternion (x, y, z, w). */
export interface Pose {
  position: Vec3;
  quaternion: [number, number, number, number];
}

export interface PoseFrame {
  seq: number;
  tick: number;
  head: Pose | null;
  left: Pose | null;
  right: Pose | null;
}
