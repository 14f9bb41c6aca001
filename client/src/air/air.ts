import type { Side } from "../contract";
import { type AirField, type Flow, flow } from "./field";
import { Obstacles } from "./obstacles";
import { Turbulence } from "./turbulence";

/** The most bodies at once: two hands, two forearms, and things. */
const BODIES = 12;
const SEED = 7;
/** Longest step of what the air carries, seconds: a third of a palm's radius at the downflow. */
const STEP = 0.04;
/** What bodies change of the speed, over the downflow, from which on air counts as turned aside, and wholly so. */
const TURNED = 0.2;
const WHOLLY = 0.35;

/** The air in the cabinet now: the field, what bends it, and how it is shaken. In the cabinet's own frame, metres. */
export class Air {
  readonly obstacles: Obstacles;
  /** Seconds since the air was first shown. */
  time = 0;
  /** Speed of the downflow over that of the field; at 0 the fans stand, and nothing but its shaking moves the air. */
  speed = 1;
  /** False: what comes down is no first air, whatever it has met. */
  protects = true;
  /** False: the mean air alone, as still lines show it. */
  shaken = true;
  /** How much the last point's air was turned aside by bodies: 0 (from the filter) to 1. */
  turned = 0;
  /** The body that the last point met; -1 for none. */
  get struck(): number {
    return this.obstacles.hit;
  }

  private readonly turbulence: Turbulence;
  private readonly flow: Flow = flow();
  private readonly shake = new Float64Array(3);
  private readonly limits: Float64Array;
  private readonly downflow: number;
  private readonly floor: number;

  constructor(readonly field: AirField) {
    this.limits = Float64Array.from(field.about.limits);
    this.downflow = field.about.downflow;
    this.floor = field.about.turbulence.floor;
    this.obstacles = new Obstacles(field, BODIES);
    this.turbulence = new Turbulence(field.about, SEED);
  }

  hand(side: Side, x: number, y: number, z: number): void {
    this.obstacles.addHand(side, x, y, z);
  }

  /** How many equal steps a frame of so many seconds takes. */
  static steps(seconds: number): number {
    return Math.max(1, Math.ceil(seconds / STEP - 1e-9));
  }

  /**
   * Carries the point at `places[i]` on by some seconds; what settles falls by so many m/s beside. False where it has left
   * the air: onto a surface, into a grille, out into the room.
   */
  carry(places: Float32Array, i: number, seconds: number, settling: number): boolean {
    const x = places[i]!;
    const y = places[i + 1]!;
    const z = places[i + 2]!;
    this.velocity(x, y, z);
    const air = this.flow;
    let u = air[0]!;
    let v = air[1]! - settling;
    let w = air[2]!;
    if (this.shaken) {
      const { floor } = this;
      const size = Math.sqrt(air[3]! * air[3]! + floor * floor);
      this.turbulence.at(x, y, z, this.time, this.shake);
      u += size * this.shake[0]!;
      v += size * this.shake[1]!;
      w += size * this.shake[2]!;
    }
    places[i] = x + u * seconds;
    places[i + 1] = y + v * seconds;
    places[i + 2] = z + w * seconds;
    return this.within(places, i);
  }

  /** The mean air at a point, and how much it is turned aside. */
  private velocity(x: number, y: number, z: number): void {
    const air = this.flow;
    this.field.at(x, y, z, air);
    // All the field's air is as much slower as the downflow is: the same ways, walked more slowly.
    for (let n = 0; n < 4; n++) air[n]! *= this.speed;
    const u = air[0]!;
    const v = air[1]!;
    const w = air[2]!;
    this.obstacles.bend(x, y, z, air);
    const change = Math.sqrt((air[0]! - u) ** 2 + (air[1]! - v) ** 2 + (air[2]! - w) ** 2) / (this.downflow * this.speed);
    this.turned = this.protects && this.speed > 0 ? Math.min(1, Math.max(0, (change - TURNED) / (WHOLLY - TURNED))) : 1;
  }

  /** Whether a point is still in the cabinet's air; one that is shaken against the filter stays below it. */
  private within(places: Float32Array, i: number): boolean {
    const { limits } = this;
    const x = places[i]!;
    const z = places[i + 2]!;
    if (places[i + 1]! > limits[3]!) places[i + 1] = 2 * limits[3]! - places[i + 1]!;
    const y = places[i + 1]!;
    return y > limits[2]! && x > limits[0]! && x < limits[1]! && z > limits[4]! && z < limits[5]!;
  }
}
