import { Group, Matrix4, PerspectiveCamera } from "three";
import type { Affordance, SceneSpec, Snapshot } from "../src/contract";
import type { UiHost } from "../src/ui-port";
import type { SettingsStore } from "../src/ui/settings";

/** A session in the middle of filling, as the server would send it: for tests of the interface and its gallery page. */
export const SCENE: SceneSpec = {
  module: "aseptic-filling",
  title: "Aseptic filling by hand",
  room: { kind: "filling-room", size: [5, 2.7, 4] },
  equipment: [],
  surfaces: {},
  stations: {
    trolley: { title: "Trolley", at: [-1.35, 0, 0.2], yaw: 1.5708, key: 1 },
    cabinet: { title: "Cabinet", at: [0, 0, -0.8], yaw: 0, key: 2 },
    desk: { title: "Desk", at: [1.35, 0, 0.2], yaw: -1.5708, key: 3 },
  },
  models: {},
  steps: [{ id: "draw", operation: "fill", title: "Draw 2.0 mL from the bottle" }],
  text: { "part.barrel": "barrel", "part.handle": "handle", "surface.worktop": "Worktop" },
};

const affordance = (over: Partial<Affordance>): Affordance => ({
  id: "a", verb: "use", hand: "right", part: null, label: "Draw product", why_not: null, needs: null, spec: null, action: { verb: "use" }, ...over,
});

export const SNAPSHOT: Snapshot = {
  tick: 5210,
  station: "cabinet",
  step: "draw:vial-3",
  pace: 1,
  finished: false,
  hands: {
    left: { holds: "forceps", grip: "handle", glove: "intact", wet: false },
    right: { holds: "syringe", grip: "barrel", glove: "intact", wet: true },
  },
  items: {
    forceps: { kind: "forceps", name: "Sterile forceps", where: "hand:left", at: [0, 0, 0], yaw: 0, look: {} },
    syringe: { kind: "syringe", name: "10 mL syringe", where: "hand:right", at: [0, 0, 0], yaw: 0, look: {} },
    bottle: { kind: "bottle", name: "Product bottle, 50 mL", where: "surface:worktop", at: [0, 0, 0], yaw: 0, look: {} },
    "vial-3": { kind: "vial", name: "Vial 3", where: "in:vial-rack", at: [0, 0, 0], yaw: 0, look: {} },
    cabinet: { kind: "cabinet", name: "Class II cabinet", where: "fixed", at: [0, 0, 0], yaw: 0, look: {} },
  },
  affordances: {
    bottle: [
      affordance({ id: "draw", label: "Draw product into the syringe", needs: "amount", spec: { min: 0, max: 10, step: 0.1, start: 2, unit: "mL" } }),
      affordance({ id: "take", verb: "take", hand: "left", label: "Take the bottle", why_not: "The left hand already holds the forceps." }),
      affordance({ id: "wipe", label: "Wipe the septum", why_not: "The right hand holds no sterile wipe." }),
    ],
    "vial-3": [affordance({ id: "open", verb: "open", hand: "left", label: "Lift the foil with the forceps" }), affordance({ id: "touch", verb: "touch", hand: "right", label: "Touch the neck" })],
    cabinet: [affordance({ id: "mute", verb: "operate", hand: "right", label: "Mute the alarm", why_not: "No alarm sounds." }), affordance({ id: "light", verb: "operate", hand: "right", label: "Switch the light off" })],
    "hand:left": [affordance({ id: "drop", verb: "drop", hand: "left", label: "Let the forceps fall" })],
    "surface:worktop": [
      affordance({
        id: "wipe-top",
        label: "Wipe the worktop",
        needs: "path",
        spec: {
          patterns: [
            { id: "back", label: "Back to front, overlapping", path: [0, 1, 2, 3, 4].map((n) => [[-0.5, -1.7 + n * 0.08], [0.5, -1.7 + n * 0.08]]) },
            { id: "front", label: "Front to back", path: [0, 1, 2].map((n) => [[-0.5, -1.38 - n * 0.14], [0.5, -1.38 - n * 0.14]]) },
            { id: "circles", label: "In circles", path: [Array.from({ length: 40 }, (_, i) => [0.3 * Math.cos(i / 4) * (1 - i / 60), -1.5 + 0.2 * Math.sin(i / 4) * (1 - i / 60)])] },
          ],
        },
      }),
    ],
  },
  panels: {
    sop: {
      title: "SOP-AF-01 Filling vials by hand",
      operation: "Fill, stopper, crimp",
      steps: [
        { id: "open", title: "Lift the foil from vial 3 with the forceps", state: "done" },
        { id: "draw", title: "Draw 2.0 mL from the bottle", state: "now", why: "The needle may touch nothing but the septum: what it picks up goes into the product.", source: "EU GMP Annex 1 (2022) 7.18" },
        { id: "dispense", title: "Dispense into vial 3", state: "later" },
        { id: "pick", title: "Pick a stopper with the forceps", state: "later" },
        { id: "seat", title: "Seat the stopper", state: "later" },
        { id: "crimp", title: "Crimp the cap", state: "skipped" },
      ],
    },
    record: {
      title: "Batch record, Resilience saline 2 mL",
      batch: "B-2611-04",
      fields: [
        { id: "airflow", label: "Airflow at the working position", type: "number", unit: "m/s", value: 0.45, at: 620, corrected: [{ old: 0.54, reason: "Read the wrong line of the display", at: 700 }] },
        { id: "start-time", label: "Start of filling", type: "time", value: null, at: null, corrected: [] },
        { id: "lot-vials", label: "Lot of the vials", type: "text", value: "V-0113", at: 900, corrected: [] },
        { id: "filled", label: "Vials filled", type: "number", value: null, at: null, corrected: [] },
        { id: "labels-ok", label: "Label roll", type: "choice", choices: [{ id: "accept", label: "Accepted" }, { id: "reject", label: "Rejected" }], value: null, at: null, corrected: [] },
        { id: "deviation", label: "Deviation", type: "text", value: null, at: null, corrected: [] },
      ],
      signatures: [{ step: "batch", label: "Batch filled", meaning: "performed", at: null }],
    },
    cabinet: {
      title: "Class II cabinet",
      running: true,
      minutes: 12,
      readings: [{ label: "Airflow", value: 0.45, unit: "m/s", tone: "normal" }, { label: "Filter pressure", value: 118, unit: "Pa", tone: "normal" }],
      alarm: null,
    },
  },
  questions: [],
};

/** A host that stands still: what the interface asks of it is written to `sent`. */
export function stillHost(settings: SettingsStore, over: Partial<UiHost> = {}): UiHost & { sent: unknown[] } {
  const sent: unknown[] = [];
  return {
    scene: SCENE,
    mode: "guided",
    language: "en",
    settings,
    camera: new PerspectiveCamera(),
    panels: new Group(),
    palm: () => new Group(),
    snapshot: () => SNAPSHOT,
    itemFrame: (_id: string, _out: Matrix4) => false,
    screenOf: () => null,
    act: (target, chosen) => {
      sent.push({ target, affordance: chosen.id });
      return Promise.resolve();
    },
    send: (action) => void sent.push(action),
    pause: () => undefined,
    focusItem: () => undefined,
    goTo: (station) => void sent.push({ verb: "move", station }),
    xrSupported: true,
    enterVr: () => Promise.resolve(),
    leaveVr: () => Promise.resolve(),
    inVr: false,
    bareHands: false,
    air: null,
    uv: false,
    showUv: () => undefined,
    showAir: (view) => Promise.resolve(view === null),
    recentre: () => undefined,
    snapTurn: () => undefined,
    roundTrip: () => null,
    ...over,
    sent,
  };
}
