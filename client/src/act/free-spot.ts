import type { Vector3 } from "three";
import type { SceneSpec, Snapshot, Surface, Vec3 } from "../contract";
import type { Model } from "../world/model";

const STEP = 0.04;

interface Extent {
  x: number;
  z: number;
}

/** Half extents of a kind as it stands turned by `yaw`, metres. */
export function standing(model: Model | undefined, yaw: number): Extent {
  const x = (model?.size.x ?? 0.06) / 2;
  const z = (model?.size.z ?? 0.06) / 2;
  const c = Math.abs(Math.cos(yaw));
  const s = Math.abs(Math.sin(yaw));
  return { x: x * c + z * s, z: x * s + z * c };
}

/**
 * The free spot nearest to `wish` on a surface for a thing of so much half extent, or null when it is full. Things on
 * the surface keep their room; the middle of a surface is a good wish for who does not point.
 */
export function freeSpot(
  surfaceId: string, scene: SceneSpec, snapshot: Snapshot, models: ReadonlyMap<string, Model>, half: Extent,
  wish: readonly [number, number], except: string | null,
): Vec3 | null {
  const surface: Surface | undefined = scene.surfaces[surfaceId];
  if (!surface) return null;
  const others: { at: Vec3; half: Extent }[] = [];
  for (const [id, item] of Object.entries(snapshot.items)) {
    if (id !== except && item.where === `surface:${surfaceId}`) others.push({ at: item.at, half: standing(models.get(item.kind), item.yaw) });
  }
  const [x0, x1] = [surface.x[0] + half.x, surface.x[1] - half.x];
  const [z0, z1] = [surface.z[0] + half.z, surface.z[1] - half.z];
  let best: Vec3 | null = null;
  let bestAway = Infinity;
  const offer = (x: number, z: number): void => {
    const away = Math.hypot(x - wish[0], z - wish[1]);
    if (away >= bestAway || x < x0 || x > x1 || z < z0 || z > z1) return;
    for (const other of others) {
      if (Math.abs(other.at[0] - x) < half.x + other.half.x + 0.004 && Math.abs(other.at[2] - z) < half.z + other.half.z + 0.004) return;
    }
    bestAway = away;
    best = [x, surface.y, z];
  };
  offer(Math.min(Math.max(wish[0], x0), x1), Math.min(Math.max(wish[1], z0), z1));
  for (let x = x0; x <= x1 + 1e-9; x += STEP) for (let z = z0; z <= z1 + 1e-9; z += STEP) offer(x, z);
  return best;
}

/** Whether a point lies over a surface. */
export function over(surface: Surface, point: Readonly<Vector3>): boolean {
  return point.x >= surface.x[0] && point.x <= surface.x[1] && point.z >= surface.z[0] && point.z <= surface.z[1];
}
