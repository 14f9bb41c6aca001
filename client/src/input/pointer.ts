import type { Ray, Vector3 } from "three";
import type { Side } from "../contract";
import type { DeviceKind } from "../ui-port";

/** One shape for a mouse, a finger on glass, a controller and a hand: what it points at, and what it touches. */
export interface Pointer {
  readonly id: string;
  readonly device: DeviceKind;
  /** The hand this pointer is; null where one pointer moves both hands in turn. */
  side: Side | null;
  /** The only hand there is: it acts for both. */
  readonly alone: boolean;
  readonly ray: Ray;
  /** Palm or fingertips in the room; null for what only points. */
  near: Vector3 | null;
  /** Metres by which things are grown for it. */
  margin: number;
  /** On the page, CSS pixels; null in a headset. */
  screen: { x: number; y: number } | null;
  /** False while it points nowhere (left the page, out of sight). */
  active: boolean;
}
