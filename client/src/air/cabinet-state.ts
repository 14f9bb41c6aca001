import type { CabinetPanel } from "../contract";

/** What of the cabinet's state its air follows. */
export interface AirState {
  /** Speed of the downflow on the display, m/s; 0 while the fans stand. */
  speed: number;
  /** Whether what comes down is first air: the fans run, nothing alarms, the sash is not open (as the simulator has it). */
  protects: boolean;
}

/** Speed with which the cabinet runs where its display says nothing else, m/s. */
const USUAL = 0.45;

/** The state of a cabinet's air as its display tells it; a scene without a display has one that runs as it should. */
export function airState(cabinet: CabinetPanel | null | undefined): AirState {
  if (!cabinet) return { speed: USUAL, protects: true };
  const read = cabinet.readings.find(({ unit }) => unit === "m/s")?.value;
  const speed = typeof read === "number" ? read : USUAL;
  return {
    speed: cabinet.running ? Math.max(0, speed) : 0,
    protects: cabinet.running && cabinet.alarm === null && cabinet.sash !== "open",
  };
}
