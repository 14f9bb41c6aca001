/** What the plant's pages are told by the server; see docs/how/plant.md. Metres, y up, in the frame of the kind or the room. */
import type { ModelSpec, SceneSpec, Vec3 } from "../contract";

/** A part with a name: the node that draws it, and where it is if that is narrower than the node. */
export interface PartName {
  id: string;
  text: string;
  part: string;
  at: Vec3 | null;
}

/** One kind by itself. */
export interface Drawing {
  kind: string;
  title: string;
  /** It is a shell that is looked into from outside. */
  room: boolean;
  model: ModelSpec;
  names: PartName[];
  surfaces: { y: number; x: [number, number]; z: [number, number] }[];
  critical: { at: Vec3; radius: number }[];
  sockets: { at: Vec3; radius: number }[];
  /** Width, height and depth as the reader writes them, in `unit`. */
  labels: [string, string, string];
  unit: string;
}

/** A door of a room, and the door of the next room that it is. */
export interface Door {
  title: string;
  leads: { room: string; door: string; scene: string } | null;
}

/** A room to walk through: a scene without a session. */
export interface WalkScene extends SceneSpec {
  doors: Record<string, Door>;
}
