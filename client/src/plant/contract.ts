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

/** Where a door leads: a room, and the door by which one comes in there. */
export interface Lead {
  room: string;
  title: string;
  door: string;
  /** The address of that room's scene. */
  scene: string;
}

/** A door of a room. From the corridor one may go on to several rooms. */
export interface Door {
  title: string;
  leads: Lead[];
}

/** A room to walk through: a scene without a session. */
export interface WalkScene extends SceneSpec {
  doors: Record<string, Door>;
}
