/**
 * The line between the 3D client and what is read and pressed as text: the 3D side calls `UiPort`, the interface
 * calls back through `UiHost`. Every question resolves to null when the person thinks better of it.
 */
import type { BufferGeometry, Camera, Group, Matrix4, Vector3 } from "three";
import type { Affordance, AmountSpec, Choice, Face, Mode, Path, Pattern, SceneSpec, SessionEvent, Side, Snapshot } from "./contract";
import type { SettingsStore } from "./ui/settings";

export type DeviceKind = "mouse" | "touch" | "keyboard" | "controller" | "hand";

/** Where a question belongs: the thing asked about, and the device that asked. */
export interface Asking {
  /** Item id, or "hand:left", "surface:worktop". */
  target: string;
  name: string;
  device: DeviceKind;
  /** Where the thing is in the room: a menu in the scene opens beside it. */
  at: Readonly<Vector3>;
  /** Where it is on the page, in CSS pixels; null in a headset or behind the viewer. */
  screen: { x: number; y: number } | null;
}

/** A thing within reach, in the order in which Tab walks. */
export interface Reachable {
  id: string;
  name: string;
  /** The label of what one press does, or why nothing is possible now. */
  first: string;
}

export type Connection = "connecting" | "live" | "lost" | "taken-over" | "refused";

/** A finished drawing of strokes, or a choice of one of the server's patterns. */
export type PathAnswer = { kind: "pattern"; path: Path } | { kind: "draw" };

export interface UiPort {
  /** Called once, when the scene stands. */
  begin(host: UiHost): void;

  // what is drawn from the server's truth
  setSnapshot(snapshot: Snapshot, changed: ReadonlySet<keyof Snapshot>): void;
  events(events: readonly SessionEvent[]): void;
  /** What lies on things, as the server told it while the light is ultraviolet. */
  lying(faces: readonly Face[]): void;
  setConnection(state: Connection, detail?: string): void;
  finished(revealUrl: string): void;

  // questions
  showMenu(asking: Asking, affordances: readonly Affordance[]): Promise<Affordance | null>;
  askAmount(asking: Asking, affordance: Affordance, spec: AmountSpec): Promise<number | null>;
  askPath(asking: Asking, affordance: Affordance, patterns: readonly Pattern[], mayDraw: boolean): Promise<PathAnswer | null>;
  askValue(asking: Asking, affordance: Affordance): Promise<string | number | null>;
  askChoice(asking: Asking, affordance: Affordance, choices: readonly Choice[]): Promise<string | null>;
  askText(asking: Asking, affordance: Affordance): Promise<string | null>;
  /** Keyboard: how the hand shall travel with what it carries. */
  askWay(asking: Asking): Promise<"around" | "over" | null>;
  /** While strokes are drawn: shows how many, and offers to end. Returns the function that takes it away. */
  strokes(asking: Asking, count: () => number, end: (keep: boolean) => void): () => void;

  // small things said
  /** Names what is pointed at, beside the pointer; null clears. `first` is what one press does. */
  hover(item: Reachable | null, screen: { x: number; y: number } | null): void;
  /** Said in the live region and, where captions are on, shown. */
  caption(text: string): void;
  refused(target: string, why: string): void;
  /** A short nudge of the value being asked for, from a stick or an arrow key: -1 or 1; coarse is ten steps. */
  nudge(direction: -1 | 1, coarse: boolean): void;
  /** The menu of the headset before the eyes, where no palm can be turned to them. */
  openMenu(): void;
  /** Every frame: panels in the scene keep their place. Must not allocate. */
  frame(seconds: number): void;
  /** True while a dialog or a menu wants the keys. */
  readonly wantsKeys: boolean;
  /** True while a question stands open (also in the scene). */
  readonly asking: boolean;
}

/** A flat thing in the scene that takes a pointer; put it at `mesh.userData.panel` of a plane with UVs. */
export interface ScenePanel {
  readonly id: string;
  /** u, v from 0 to 1, origin bottom left. */
  pointer(kind: "move" | "down" | "up" | "leave", u: number, v: number, side: Side | null): void;
}

/** What of the cabinet's air is made visible: smoke from under the filter or before the hand, or particles. */
export type AirView = "filter" | "hand" | "particles";

export interface UiHost {
  readonly scene: SceneSpec;
  readonly mode: Mode;
  readonly language: string;
  readonly settings: SettingsStore;
  readonly camera: Camera;
  /** Panels in the scene are added here; pointers meet them before anything else. */
  readonly panels: Group;
  /** The palm's frame of a hand, for a menu worn at the palm or the wrist. */
  palm(side: Side): Group;
  snapshot(): Snapshot;
  /** The frame of an item (origin in the middle of its base), written to `out`; false if it is not in the scene. */
  itemFrame(id: string, out: Matrix4): boolean;
  /** The face of a thing that carries text (part "screen", "page", "display"), in the thing's frame, UVs 0..1, v up. */
  screenOf(id: string, part: string): BufferGeometry | null;
  /** Does what an affordance says, with what it needs; asks for what is still missing. */
  act(target: string, affordance: Affordance, device: DeviceKind): Promise<void>;
  /** Sends an action that belongs to no affordance list (record, correct, sign, answer, report, hint, pace, finish). */
  send(action: { verb: string } & Record<string, unknown>): void;
  /** Stops the session's clock for a break, and lets it go on. */
  pause(paused: boolean): void;
  focusItem(id: string): void;
  goTo(station: string): void;
  readonly xrSupported: boolean;
  enterVr(): Promise<void>;
  leaveVr(): Promise<void>;
  readonly inVr: boolean;
  /** Their own hands are tracked in the headset: what is asked stands within reach, to be poked. */
  readonly bareHands: boolean;
  /** What of the air is shown; null while nothing is. */
  readonly air: AirView | null;
  /** Shows the air, or hides it; false where it cannot be shown. */
  showAir(view: AirView | null): Promise<boolean>;
  /** Whether the light is ultraviolet and shows what lies on things. */
  readonly uv: boolean;
  showUv(on: boolean): void;
  recentre(): void;
  snapTurn(direction: -1 | 1): void;
  /** How long the way to the server and back took last, in ms; null when not known. */
  roundTrip(): number | null;
}
