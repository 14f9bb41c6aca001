import { Quaternion, Vector3 } from "three";
import type { PosePoint, Replay } from "../contract";
import { indexAt } from "../timeline";

export type Tracked = "head" | "left" | "right";

const first = new Vector3();
const second = new Vector3();
const turnA = new Quaternion();
const turnB = new Quaternion();

/** Poses of a hand at rest are thinned to two a second; a longer gap is a hand that moved unseen, which is not made up. */
const LONGEST_GAP = 40;

/** The poses of a session: where head and hands were at any tick, between the ticks too. */
export class Tracks {
  constructor(private readonly poses: Replay["poses"]) {}

  /** Writes the pose at `tick`; false where it was not tracked. */
  at(what: Tracked, tick: number, position: Vector3, turn: Quaternion): boolean {
    const { tick: ticks } = this.poses;
    const points = this.poses[what];
    const index = indexAt(ticks, tick);
    const here = points[index];
    if (index < 0 || !here) return false;
    read(here, position, turn);
    const next = points[index + 1];
    const from = ticks[index] ?? 0;
    const to = ticks[index + 1];
    if (!next || to === undefined || to - from > LONGEST_GAP) return true;
    const between = (tick - from) / (to - from);
    read(next, second, turnB);
    position.lerp(second, between);
    turn.slerp(turnB, between);
    return true;
  }

  /** All positions of a hand as one line, with the tick of each vertex; gaps repeat the last place seen. */
  line(what: Tracked): { positions: Float32Array; ticks: readonly number[] } {
    const points = this.poses[what];
    const positions = new Float32Array(points.length * 3);
    const firstSeen = points.find((point) => point !== null);
    if (firstSeen) read(firstSeen, first, turnA);
    points.forEach((point, index) => {
      if (point) read(point, first, turnA);
      first.toArray(positions, index * 3);
    });
    return { positions, ticks: this.poses.tick };
  }
}

/** Millimetres to metres; the stored quaternion is unit length to four decimals. */
function read(point: PosePoint, position: Vector3, turn: Quaternion): void {
  position.set(point[0] / 1000, point[1] / 1000, point[2] / 1000);
  if (point.length === 7) turn.set(point[3], point[4], point[5], point[6]).normalize();
  else turn.identity();
}
