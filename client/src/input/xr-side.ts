import { Matrix4, Ray, Vector3 } from "three";
import type { BothHands } from "../act/both-hands";
import type { Interaction } from "../act/interaction";
import type { Reach } from "../act/reach";
import type { Strokes } from "../act/strokes";
import type { Side, Snapshot } from "../contract";
import type { UiPort } from "../ui-port";
import type { PanelPointers } from "./panels";
import type { Pointer } from "./pointer";
import { PalmHistory, Pinch } from "./xr-hand";
import { Tracked } from "./xr-tracked";

/** A grab that moved farther than this lets go when it opens; a shorter one keeps hold until the next press. Metres. */
const CARRIED = 0.12;
/** Seconds of drawn time after which a press asks for the menu. */
const LONG = 0.6;
/** Seconds before the opening of the fingers at which a released thing was where it was meant. */
const FREEZE = 0.1;
/** Height above a surface within which a wiping hand touches it, metres. */
const TOUCHING = 0.12;
/** A thing this near to the fingertips is touched, metres. */
const TOUCHED = 0.05;
/** A finger so far before a panel pokes at it and points no more; metres. */
const POKING = 0.12;
/** A poke counts from a finger that was so far before the panel, and comes this near. Metres. */
const BEFORE = 0.015;
const AT = 0.004;
/** So far behind the tip the finger still feels what it went through, metres. */
const BEHIND = 0.06;
const position = new Vector3();

export interface XrParts {
  interaction: Interaction;
  hands: BothHands;
  reach: Reach;
  strokes: Strokes;
  panels: PanelPointers;
  ui: UiPort;
  snapshot: () => Snapshot;
  gaze: (pointer: Pointer) => void;
}

/** One side of a headset: a controller or a tracked hand, whichever is there this frame, as one pointer. */
export class XrSide implements Pointer {
  readonly id: string;
  device: "controller" | "hand" = "controller";
  readonly #tracked = new Tracked();
  readonly ray = this.#tracked.ray;
  near: Vector3 | null = null;
  readonly margin = 0.006;
  readonly screen = null;
  active = false;
  /** The only side there is: it acts for both hands. */
  alone = false;
  readonly poke: Pointer;
  /** A finger is at a panel: its own touch counts there, not where its ray falls. */
  pokes = false;
  readonly #near = new Vector3();
  readonly #palm = this.#tracked.palm;
  readonly #turn = this.#tracked.turn;
  readonly #pinch = new Pinch();
  readonly #history = new PalmHistory();
  readonly #start = new Vector3();
  readonly #frozen = new Matrix4();
  #time = 0;
  #pressed = 0;
  #press: "none" | "act" | "panel" | "stroke" | "done" | "grab" = "none";
  #hold: "none" | "grab" | "put" = "none";
  #trigger = false;
  #squeeze = false;
  #menu = false;
  #ways = false;
  #armed = false;

  constructor(readonly side: Side, private readonly parts: XrParts) {
    this.id = `xr-${side}`;
    this.poke = { id: `poke-${side}`, device: "hand", side, alone: false, ray: new Ray(), near: null, margin: 0, screen: null, active: true };
  }

  /** Reads where a source is this frame. False when nobody knows. */
  locate(source: XRInputSource, frame: XRFrame, space: XRReferenceSpace, rig: Matrix4, seconds: number): boolean {
    this.#time += seconds;
    const found = this.#tracked.locate(source, frame, space, rig);
    this.device = source.hand ? "hand" : "controller";
    this.active = found && this.#tracked.points;
    if (!found) return false;
    this.parts.hands.agents[this.side].track(this.#palm, this.#turn);
    this.#history.add(this.#time, this.#palm, this.#turn);
    if (source.hand && !this.parts.snapshot().hands[this.side].holds) this.#near.copy(this.#tracked.thumb).lerp(this.#tracked.index, 0.5);
    else this.parts.reach.tip(this.side, this.parts.snapshot(), this.#palm, this.#turn, this.#near);
    this.near = this.#near;
    return true;
  }

  /** Out of sight of its tracker: it stays where it was, with what it holds. */
  lose(): void {
    this.active = false;
    if (this.parts.hands.agents[this.side].tracked) this.parts.hands.agents[this.side].seen = false;
  }

  /** The device is gone for good: the hand goes by itself from now on. */
  leave(): void {
    this.active = false;
    this.#press = this.#hold = "none";
    this.pokes = this.#armed = false;
    this.#trigger = this.#squeeze = this.#menu = this.#ways = false;
    if (this.parts.hands.agents[this.side].tracked) this.parts.hands.agents[this.side].untrack();
  }

  /** Buttons of a controller, or the pinch of a hand. */
  buttons(source: XRInputSource, seconds: number): void {
    if (source.hand) {
      this.#fingers(seconds);
      return;
    }
    this.pokes = false;
    this.#controls(source.gamepad, seconds);
  }

  #controls(gamepad: Gamepad | undefined, seconds: number): void {
    const trigger = gamepad?.buttons[0]?.pressed ?? false;
    const squeeze = gamepad?.buttons[1]?.pressed ?? false;
    const menu = gamepad?.buttons[4]?.pressed ?? false;
    const ways = gamepad?.buttons[5]?.pressed ?? false;
    this.parts.hands.pinching(this.side, trigger || squeeze);
    if (trigger && !this.#trigger) this.#down();
    else if (trigger) this.#during(seconds);
    else if (this.#trigger) this.#up();
    if (squeeze && !this.#squeeze) this.#close();
    else if (!squeeze && this.#squeeze) this.#open();
    if (menu && !this.#menu && !this.parts.ui.asking) void this.parts.interaction.menu(this);
    this.#trigger = trigger;
    this.#squeeze = squeeze;
    this.#menu = menu;
    if (ways && !this.#ways && !this.parts.ui.asking) this.parts.ui.openMenu();
    this.#ways = ways;
  }

  #fingers(seconds: number): void {
    const { thumb, index } = this.#tracked;
    if (!this.active) return;
    const change = this.#pinch.update(thumb.distanceTo(index));
    this.parts.hands.pinching(this.side, this.#pinch.closed);
    this.#pokePanel(index);
    if (change === "start") this.#pinchStart();
    else if (change === "end") this.#pinchEnd();
    else if (this.#pinch.closed) this.#during(seconds);
  }

  #pinchStart(): void {
    this.#start.copy(this.#palm);
    const empty = this.parts.snapshot().hands[this.side].holds === null;
    this.#pressed = 0;
    if (this.pokes) this.#press = "done";
    else if (this.parts.panels.down(this)) this.#press = "panel";
    else if (this.parts.strokes.drawing) this.#press = "stroke";
    else this.#press = empty && !this.parts.ui.asking && this.#touches() && this.parts.interaction.grab(this, this.side) ? "grab" : "act";
  }

  /** Fingers at a thing take it as they close; from afar a pinch is a press, and a longer one asks for the menu. */
  #touches(): boolean {
    const at = this.parts.interaction.aim(this)?.at;
    return at !== undefined && at.distanceTo(this.#near) < TOUCHED;
  }

  #pinchEnd(): void {
    const moved = this.#palm.distanceTo(this.#start) > CARRIED;
    if (this.#press === "grab" && moved) this.#letGo();
    else this.#up();
    this.#press = "none";
  }

  /** Trigger or pinch begins. */
  #down(): void {
    this.#pressed = 0;
    this.#start.copy(this.#palm);
    if (this.parts.panels.down(this)) this.#press = "panel";
    else this.#press = this.parts.strokes.drawing ? "stroke" : "act";
  }

  #during(seconds: number): void {
    this.#pressed += seconds;
    if (this.#press === "stroke") this.#stroke();
    else if (this.#press === "act" && this.#pressed > LONG && this.#palm.distanceTo(this.#start) < CARRIED && !this.parts.ui.asking) {
      this.#press = "done";
      const target = this.parts.interaction.aim(this);
      if (target && target.kind !== "station") void this.parts.interaction.menuOf(target, this.device);
      else this.parts.ui.openMenu();
    }
  }

  #up(): void {
    const { panels, interaction, strokes, ui } = this.parts;
    if (this.#press === "panel") panels.up(this);
    else if (this.#press === "stroke") strokes.lift();
    else if (this.#press === "act" && !ui.asking) {
      const target = interaction.aim(this);
      // A hand that pinches at bare space means where its person looks.
      const bare = !target || (target.kind === "surface" && !interaction.offer(target.id, this.alone ? null : this.side));
      if (bare) this.parts.gaze(this);
      else interaction.press(this);
    }
    this.#press = "none";
  }

  #stroke(): void {
    const { interaction, reach, snapshot, strokes } = this.parts;
    const base = reach.baseOf(this.side, snapshot(), position);
    const y = strokes.height;
    if (base && Math.abs(base.y - y) < TOUCHING) strokes.touch(base);
    else {
      const at = interaction.aim(this)?.at;
      if (at) strokes.touch(at);
    }
  }

  #close(): void {
    this.#start.copy(this.#palm);
    const empty = this.parts.snapshot().hands[this.side].holds === null;
    if (!empty) this.#hold = "put";
    else this.#hold = this.parts.interaction.grab(this, this.side) ? "grab" : "none";
  }

  #open(): void {
    const moved = this.#palm.distanceTo(this.#start) > CARRIED;
    if (this.#hold === "put" || (this.#hold === "grab" && moved)) this.#letGo();
    this.#hold = "none";
  }

  #letGo(): void {
    const known = this.device === "hand" && this.#history.before(this.#time, FREEZE, this.#frozen);
    this.parts.interaction.release(this, this.side, known ? this.#frozen : null);
  }

  /**
   * A fingertip that comes to a panel from the front presses what it meets, once: it has to draw back before it presses
   * again, so that a panel that opens around a finger is not pressed by it.
   */
  #pokePanel(tip: Readonly<Vector3>): void {
    const { panels } = this.parts;
    const { ray } = this.poke;
    ray.direction.set(0, 0, -1).applyQuaternion(this.#turn);
    ray.origin.copy(tip).addScaledVector(ray.direction, -BEHIND);
    const over = panels.move(this.poke, BEHIND + POKING);
    const gap = over ? over.distance - BEHIND : Infinity;
    this.pokes = over !== null;
    if (!over || gap > BEFORE) this.#armed = over !== null;
    else if (this.#armed && gap < AT) {
      this.#armed = false;
      panels.down(this.poke);
      panels.up(this.poke);
    }
  }
}
