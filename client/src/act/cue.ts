import type { SceneSpec, Snapshot } from "../contract";

export interface Cue {
  /** What is outlined: an item, "hand:left", "surface:worktop"; null for nothing in the scene. */
  id: string | null;
  /** The station to go to first; null where the trainee is there already, or it can be done from anywhere. */
  station: string | null;
}

/** What guided mode points at now. The server names it (`panels.sop.target`); in every other mode it names nothing. */
export function cueOf(snapshot: Snapshot, scene: SceneSpec): Cue {
  const target = snapshot.panels.sop?.target ?? null;
  if (target === null) return { id: null, station: null };
  if (target.startsWith("station:")) return { id: null, station: elsewhere(target.slice(8), snapshot) };
  const id = target === "panel:record" ? ofKind("batch-record", snapshot) : target;
  if (id === null || target === "panel:record") return { id, station: null };
  return { id, station: elsewhere(stationOf(id, scene, snapshot), snapshot) };
}

function elsewhere(station: string | null, snapshot: Snapshot): string | null {
  return station === snapshot.station ? null : station;
}

/** The station from which a thing is in reach; null for what is in reach already. */
function stationOf(id: string, scene: SceneSpec, snapshot: Snapshot): string | null {
  if (id.startsWith("hand:") || (snapshot.affordances[id]?.length ?? 0) > 0) return null;
  if (id.startsWith("surface:")) return scene.surfaces[id.slice(8)]?.station ?? null;
  let item = snapshot.items[id];
  while (item?.where.startsWith("in:")) item = snapshot.items[item.where.slice(3)];
  if (!item || item.where.startsWith("hand:")) return null;
  const surface = scene.surfaces[item.where.replace("surface:", "")];
  return surface ? surface.station : nearest(item.at, scene);
}

/** What is fixed belongs to the station that stands nearest to it. */
function nearest(at: readonly number[], scene: SceneSpec): string | null {
  let best: string | null = null;
  let away = Infinity;
  for (const [id, station] of Object.entries(scene.stations)) {
    const distance = Math.hypot(station.at[0] - (at[0] ?? 0), station.at[2] - (at[2] ?? 0));
    if (distance < away) [best, away] = [id, distance];
  }
  return best;
}

function ofKind(kind: string, snapshot: Snapshot): string | null {
  return Object.keys(snapshot.items).find((id) => snapshot.items[id]?.kind === kind) ?? null;
}
