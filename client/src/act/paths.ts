import { Vector3 } from "three";

/** Ways of the hand. "direct" keeps to the straight line of a pointer. */
export type Way = "around" | "over" | "direct";

/** Height above the work surface at which a hand goes straight over everything, metres. */
const OVER = 0.28;
/** Metres by which a hand going around stays on the person's side of where it starts and ends. */
const BACK = 0.06;

/**
 * Waypoints of a palm from `from` to `to`. Around: back towards the person, across on the nearer side and never higher
 * than the lower of both ends, then ahead. Over: up, straight across, down. `towards` points from the work to the person.
 */
export function wayPoints(way: Way, from: Readonly<Vector3>, to: Readonly<Vector3>, towards: Readonly<Vector3>): Vector3[] {
  if (way === "direct") return [to.clone()];
  if (way === "over") {
    const height = Math.max(from.y, to.y) + OVER;
    return [new Vector3(from.x, height, from.z), new Vector3(to.x, height, to.z), to.clone()];
  }
  const low = Math.min(from.y, to.y);
  const nearest = Math.max(from.dot(towards), to.dot(towards)) + BACK;
  const drawn = (point: Readonly<Vector3>): Vector3 => point.clone().addScaledVector(towards, nearest - point.dot(towards)).setY(low);
  const onward = to.clone().setY(low);
  const points = [drawn(from), drawn(to), onward];
  if (to.y > low + 1e-6) points.push(to.clone());
  return points;
}

/** Length of a way from a point, metres. */
export function lengthOf(from: Readonly<Vector3>, points: readonly Readonly<Vector3>[]): number {
  let length = 0;
  let last = from;
  for (const point of points) {
    length += point.distanceTo(last);
    last = point;
  }
  return length;
}

/** A stroke of a few corner points as one point every `step` metres, ends kept. */
export function resampled(stroke: readonly (readonly [number, number])[], step: number): [number, number][] {
  const points: [number, number][] = [];
  for (let i = 0; i + 1 < stroke.length; i++) {
    const [ax, az] = stroke[i] ?? [0, 0];
    const [bx, bz] = stroke[i + 1] ?? [0, 0];
    const pieces = Math.max(1, Math.ceil(Math.hypot(bx - ax, bz - az) / step));
    for (let n = 0; n < pieces; n++) points.push([ax + ((bx - ax) * n) / pieces, az + ((bz - az) * n) / pieces]);
  }
  const last = stroke[stroke.length - 1];
  if (last) points.push([last[0], last[1]]);
  return points;
}

/** A drawn stroke with the points left out that lie within `tolerance` metres of the line between their neighbours. */
export function simplified(stroke: readonly (readonly [number, number])[], tolerance: number): [number, number][] {
  if (stroke.length < 3) return stroke.map(([x, z]) => [x, z]);
  const [ax, az] = stroke[0] ?? [0, 0];
  const [bx, bz] = stroke[stroke.length - 1] ?? [0, 0];
  const length = Math.hypot(bx - ax, bz - az);
  let worst = 0;
  let at = 0;
  stroke.forEach(([x, z], i) => {
    const away = length > 1e-9 ? Math.abs((bx - ax) * (az - z) - (ax - x) * (bz - az)) / length : Math.hypot(x - ax, z - az);
    if (away > worst) [worst, at] = [away, i];
  });
  if (worst <= tolerance) return [[ax, az], [bx, bz]];
  return [...simplified(stroke.slice(0, at + 1), tolerance).slice(0, -1), ...simplified(stroke.slice(at), tolerance)];
}
