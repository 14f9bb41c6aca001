/**
 * How hands, arms and things bend the air around them: the same as `resilience.twins.air.motion.bend`, whose equations
 * stand in `twins/air/obstacles.py`. `obstacles.test.ts` holds the two together. All lengths in metres, in the cabinet's
 * own frame.
 */
import type { Side } from "../contract";
import { type AirField, type Flow, flow } from "./field";

/** What a body's row holds: start, end, radius, direction of the stream, length, square of its reach, the wake's numbers. */
const END = 3;
const RADIUS = 6;
const STREAM = 7;
const LENGTH = 10;
const REACH = 11;
const WAKE = 12;
const COLUMNS = 20;
/** Where ideal flow differs from the stream by less than 4 % (capsule) or 2 % (sphere), in radii. */
const FAR = { capsule: 5, sphere: 3 };
/** What is put onto a surface lies a little outside of it. */
const ONTO = 1.02;

export class Obstacles {
  count = 0;
  /** The body that the last point asked for lies in; -1 where it lies in none. */
  hit = -1;
  private readonly rows: Float64Array;
  private readonly stream = flow();
  private readonly wakes: { palm: Float64Array; arm: Float64Array };
  /** Deficit, its slope, width, its growth and turbulence behind a body; slower by, outwards by. */
  private readonly shape = new Float64Array(5);
  private readonly back = new Float64Array(2);
  private readonly ahead = { x: 0, y: 0, z: 0 };
  private readonly layer: number;
  private readonly longest: number;

  constructor(private readonly field: AirField, readonly most: number) {
    this.rows = new Float64Array(most * COLUMNS);
    this.layer = field.about.calm;
    this.longest = field.about.wake_longest;
    this.wakes = { palm: Float64Array.from(field.about.wake_palm), arm: Float64Array.from(field.about.wake_arm) };
  }

  clear(): void {
    this.count = 0;
  }

  /** A sphere, or a capsule where `end` differs from `start`. Outside of the cabinet, or not finite, it is left out. */
  add(sx: number, sy: number, sz: number, ex: number, ey: number, ez: number, radius: number): void {
    if (this.count >= this.most || !Number.isFinite(sx + sy + sz + ex + ey + ez) || !(radius > 0)) return;
    if (!this.inside(sx, sy, sz, radius) && !this.inside(ex, ey, ez, radius)) return;
    const { rows } = this;
    const i = this.count * COLUMNS;
    rows[i] = sx;
    rows[i + 1] = sy;
    rows[i + 2] = sz;
    rows[i + END] = ex;
    rows[i + END + 1] = ey;
    rows[i + END + 2] = ez;
    rows[i + RADIUS] = radius;
    this.field.at(0.5 * (sx + ex), 0.5 * (sy + ey), 0.5 * (sz + ez), this.stream);
    const u = this.stream[0]!;
    const v = this.stream[1]!;
    const w = this.stream[2]!;
    const speed = Math.sqrt(u * u + v * v + w * w);
    rows[i + STREAM] = speed > 1e-6 ? u / speed : 0;
    rows[i + STREAM + 1] = speed > 1e-6 ? v / speed : -1;
    rows[i + STREAM + 2] = speed > 1e-6 ? w / speed : 0;
    const length = Math.sqrt((ex - sx) ** 2 + (ey - sy) ** 2 + (ez - sz) ** 2);
    rows[i + LENGTH] = length;
    rows[i + REACH] = ((length > 0 ? FAR.capsule : FAR.sphere) * radius) ** 2;
    rows.set(length > 0 ? this.wakes.arm : this.wakes.palm, i + WAKE);
    this.count += 1;
  }

  /** A palm, and the forearm that comes to it through the aperture, as the session's own first air has them. */
  addHand(side: Side, x: number, y: number, z: number): void {
    const { palm, arm, forearm } = this.field.about.hand;
    const { ahead } = this;
    this.forearm(side, x, y, z, ahead);
    this.add(x, y, z, x, y, z, palm);
    this.add(x, y, z, x + forearm * ahead.x, y + forearm * ahead.y, z + forearm * ahead.z, arm);
  }

  /** The direction from a palm along its forearm. */
  forearm(side: Side, x: number, y: number, z: number, out: { x: number; y: number; z: number }): void {
    const { shoulder, elbow_height, front } = this.field.about.hand;
    out.x = (side === "left" ? -shoulder : shoulder) - 0.5 * x;
    out.y = elbow_height - y;
    out.z = front - z;
    const length = Math.max(Math.sqrt(out.x * out.x + out.y * out.y + out.z * out.z), 1e-6);
    out.x /= length;
    out.y /= length;
    out.z /= length;
  }

  private inside(x: number, y: number, z: number, radius: number): boolean {
    const { limits } = this.field.about;
    return x > limits[0]! - radius && x < limits[1]! + radius && y > limits[2]! - radius && y < limits[3]! + radius
      && z > limits[4]! - radius && z < limits[5]! + radius;
  }

  /**
   * Bends the air at a point: `out` holds what would be there without bodies, and then what is. What the wakes shake is
   * added to the turbulence, and near a surface it fades. Inside of a body the air stands, and `hit` names it.
   */
  bend(x: number, y: number, z: number, out: Flow): void {
    const { rows, shape, back } = this;
    if (this.count === 0) {
      this.hit = -1;
      return;
    }
    const { layer, longest } = this;
    let u = out[0]!;
    let v = out[1]!;
    let w = out[2]!;
    let added = 0;
    let calm = 1;
    this.hit = -1;
    for (let body = 0; body < this.count; body++) {
      const i = body * COLUMNS;
      const radius = rows[i + RADIUS]!;
      let px = x - rows[i]!;
      let py = y - rows[i + 1]!;
      let pz = z - rows[i + 2]!;
      const length = rows[i + LENGTH]!;
      let slender = false;
      let tx = 0;
      let ty = 0;
      let tz = 0;
      if (length > 0) {
        tx = (rows[i + END]! - rows[i]!) / length;
        ty = (rows[i + END + 1]! - rows[i + 1]!) / length;
        tz = (rows[i + END + 2]! - rows[i + 2]!) / length;
        let along = px * tx + py * ty + pz * tz;
        slender = along > 0 && along < length;
        along = Math.min(Math.max(along, 0), length);
        px -= along * tx;
        py -= along * ty;
        pz -= along * tz;
      }
      const square = px * px + py * py + pz * pz;
      if (square < radius * radius) {
        this.hit = body;
        out.fill(0);
        return;
      }
      if (square < (radius + layer) * (radius + layer)) calm = Math.min(calm, (Math.sqrt(square) - radius) / layer);
      const ex = rows[i + STREAM]!;
      const ey = rows[i + STREAM + 1]!;
      const ez = rows[i + STREAM + 2]!;
      const behind = px * ex + py * ey + pz * ez;
      if (square > rows[i + REACH]! && (behind < 0 || behind > longest * radius)) continue;
      const stream = Math.max(u * ex + v * ey + w * ez, 0);
      // Around the body.
      const ratio = (radius * radius) / square;
      let share = ratio;
      let cu = u;
      let cv = v;
      let cw = w;
      let towards: number;
      if (slender) {
        const slip = u * tx + v * ty + w * tz;
        cu -= slip * tx;
        cv -= slip * ty;
        cw -= slip * tz;
        towards = (2 * (cu * px + cv * py + cw * pz)) / square;
      } else {
        share *= (0.5 * radius) / Math.sqrt(square);
        towards = (3 * (u * px + v * py + w * pz)) / square;
      }
      u += share * (cu - towards * px);
      v += share * (cv - towards * py);
      w += share * (cw - towards * pz);
      // Behind it.
      if (behind <= 0) continue;
      this.wakeShape(behind / radius, i);
      const sigma = shape[2]! * radius;
      const lateral = square - behind * behind;
      if (lateral > 9 * sigma * sigma) continue;
      const bell = Math.exp((-0.5 * lateral) / (sigma * sigma));
      this.wake(shape[0]!, shape[1]! / radius, sigma, shape[3]!, behind, lateral, bell, ratio, slender);
      const slower = back[0]! * stream;
      const pull = back[1]! * stream;
      u += pull * (px - behind * ex) - slower * ex;
      v += pull * (py - behind * ey) - slower * ey;
      w += pull * (pz - behind * ez) - slower * ez;
      added += (stream * shape[4]!) ** 2 * bell;
    }
    out[0] = u;
    out[1] = v;
    out[2] = w;
    out[3] = calm * Math.sqrt(out[3]! * out[3]! + added);
  }

  /** Puts the point at `places[i]`, which lies in the body that was `hit` last, onto its surface. */
  pushOut(places: Float32Array, i: number): void {
    const { rows } = this;
    const n = this.hit * COLUMNS;
    const length = rows[n + LENGTH]!;
    let mx = rows[n]!;
    let my = rows[n + 1]!;
    let mz = rows[n + 2]!;
    if (length > 0) {
      const tx = (rows[n + END]! - mx) / length;
      const ty = (rows[n + END + 1]! - my) / length;
      const tz = (rows[n + END + 2]! - mz) / length;
      const along = Math.min(Math.max((places[i]! - mx) * tx + (places[i + 1]! - my) * ty + (places[i + 2]! - mz) * tz, 0), length);
      mx += along * tx;
      my += along * ty;
      mz += along * tz;
    }
    const px = places[i]! - mx;
    const py = places[i + 1]! - my;
    const pz = places[i + 2]! - mz;
    const away = Math.sqrt(px * px + py * py + pz * pz);
    const out = away > 1e-6 ? (rows[n + RADIUS]! * ONTO) / away : 0;
    places[i] = mx + px * out;
    places[i + 1] = my + py * out;
    places[i + 2] = mz + pz * out;
  }

  /** At xi radii behind a body's middle: deficit, its slope, width, its growth, turbulence, in radii and speeds. */
  private wakeShape(xi: number, i: number): void {
    const { rows, shape } = this;
    const past = Math.max(xi - 1, 0);
    const power = rows[i + WAKE + 2]!;
    const fading = (past / rows[i + WAKE + 1]!) ** power;
    let deficit = rows[i + WAKE]! / (1 + fading);
    let slope = past > 1e-9 ? (-deficit * power * fading) / (past * (1 + fading)) : 0;
    if (xi < 1) {
      slope = deficit * 6 * xi * (1 - xi);
      deficit *= xi * xi * (3 - 2 * xi);
    }
    const growing = Math.max(past - rows[i + WAKE + 5]!, 0);
    const along = past / rows[i + WAKE + 7]!;
    shape[0] = deficit;
    shape[1] = slope;
    shape[2] = rows[i + WAKE + 3]! + rows[i + WAKE + 4]! * growing;
    shape[3] = growing > 0 ? rows[i + WAKE + 4]! : 0;
    shape[4] = rows[i + WAKE + 6]! * along * Math.exp(1 - along);
  }

  /** How much slower the air is, and its speed outwards over the distance from the middle, over the stream's speed. */
  private wake(
    deficit: number, slope: number, sigma: number, growth: number, behind: number, lateral: number, bell: number, ratio: number, slender: boolean,
  ): void {
    const { back } = this;
    const square = lateral + behind * behind;
    const near = 1 - ratio * ratio;
    const bendOut = (4 * ratio * ratio) / square;
    if (lateral < 1e-12) {
      back[0] = near * deficit;
      back[1] = 0;
      return;
    }
    if (slender) {
      const t = Math.sqrt(lateral);
      const inside = sigma * Math.sqrt(0.5 * Math.PI) * erf(t / (sigma * Math.SQRT2));
      const change = slope * inside + (deficit * growth * (inside - t * bell)) / sigma;
      back[0] = near * deficit * bell + deficit * inside * bendOut * t;
      back[1] = (near * change + deficit * inside * bendOut * behind) / t;
      return;
    }
    const inside = sigma * sigma * (1 - bell);
    const change = slope * inside + deficit * growth * (2 * sigma * (1 - bell) - (lateral / sigma) * bell);
    back[0] = near * deficit * bell + deficit * inside * bendOut;
    back[1] = (near * change + deficit * inside * bendOut * behind) / lateral;
  }
}

/** The error function of what is not negative, to 1.5e-7 (Abramowitz and Stegun 1964, 7.1.26). */
export function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * x);
  const tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 1 - tail * Math.exp(-x * x);
}
