import type { Plate, Replay, Reveal, RevealFinding } from "../src/reveal/contract";
import { SCENE, SNAPSHOT } from "./session";

const finding = (over: Partial<RevealFinding>): RevealFinding => ({
  check: "first-air-vial", code: "AIR", severity: "critical", tick: 4900, seconds: 4.2, step: "fill/dispense", source: "EU GMP Annex 1 (2022) 7.18",
  evidence: { item: "vial-3", by: "hand:left", seconds: 4.2, expected_cfu: 0.41 }, consequence: { expected_cfu: 0.41 },
  title: "A hand stood above an open vial", why: "Air falls from the filter. What is above the vial sheds into it, and nothing filters it on the way down.",
  paragraph: "EU GMP Annex 1 (2022) 7.18", advice: "Reach in from the side: keep both hands lower than the neck, or beside it.", at: "4:05", ...over,
});

const plate = (n: number): Plate => {
  const dose = [0.02, 0.004, 0.86, 0.03, 0.002, 0.31, 0.01, 0.0005, 0.05, 0, 0.12, 0.007][n - 1] ?? 0;
  return {
    item: `vial-${n}`, name: `Vial ${n}`, expected_cfu: dose, drawn_cfu: n === 3 ? 2 : n === 6 ? 1 : 0,
    by_route: { air: dose * 0.7, surface: dose * 0.25, liquid: dose * 0.05 },
    largest: dose > 0.1 ? [{ what: "Left hand above the neck", share: 0.62, tick: 4900, seconds: 4.2 }, { what: "Neck touched by the forceps' handle", share: 0.21, tick: 5150, seconds: 0 }] : [],
  };
};

const STEPS = 153;
/** First air all the time a vial is open, and the four moments in which more came. */
const exposed = (n: number): NonNullable<Reveal["exposure"]>["rows"][number] => {
  const open = 30 + 8 * n;
  const air: number[] = Array.from({ length: STEPS }, (_, step) => (step >= open && step < open + 7 ? 2e-4 : 0));
  const surface = Array.from({ length: STEPS }, () => 0);
  const liquid = Array.from({ length: STEPS }, (_, step) => (step === open + 3 ? 1.5e-3 : 0));
  if (n === 3) [air[open + 4], surface[open + 5]] = [0.41, 0.06];
  if (n === 6) surface[open + 4] = 0.31;
  if (n === 9) air[open + 2] = 0.03;
  if (n === 11) air[open + 5] = 0.008;
  return { item: `vial-${n}`, air, surface, liquid };
};

/** A failed practice run as the server would tell it: for unit tests and the gallery. */
export const REVEAL: Reveal = {
  outcome: {
    module: "aseptic-filling", version: "1.0.0", seed: 7, mode: "practice", verdict: "not_yet_competent", checklist: { score: 34, max: 41 }, records: { score: 9, max: 12 },
    dose: { expected_cfu: 1.41, by_route: { air: 0.99, surface: 0.35, liquid: 0.07 }, drawn_cfu: 3 }, seconds: 765, log_hash: "b1946ac92492d2347c6235b4d2611184",
  },
  headline: "Two of your twelve vials would probably have grown.",
  self_rating: 4,
  findings: [
    finding({}),
    finding({ check: "neck-touch", code: "TCH", tick: 5150, at: "4:17", seconds: 0, title: "The neck of a vial was touched", advice: "Hold forceps so that only their tips come near the neck.", evidence: { item: "vial-6", with: "glove", part: "neck" } }),
    finding({ check: "ipa-contact", code: "DIS", severity: "major", tick: 2400, at: "2:00", seconds: 12, title: "A pack went in before its 30 s were over", advice: "Spray all packs first; by the last one, the first is done.", evidence: { item: "syringe-pack", seconds: 12, min: 30 } }),
    finding({ check: "hand-speed", code: "SPD", severity: "minor", tick: 6100, at: "5:05", seconds: 1.4, title: "A hand moved fast in the cabinet", evidence: { hand: "right", speed_m_s: 0.74, max: 0.5 } }),
    finding({ check: "record-late", code: "DOC", severity: "minor", tick: 12000, at: "10:00", seconds: 0, title: "The airflow was recorded late", evidence: { field: "airflow", text: "Read at 0:31, recorded at 10:00." } }),
  ],
  plates: Array.from({ length: 12 }, (_, n) => plate(n + 1)),
  monitoring: [
    { instrument: "counter", place: "work-zone", grade: "A", exceeds: false, name: "Particle counter, beside the work", text: "At most 710 particles from 0.5 um and 0 from 5 um a cubic metre; limits of Grade A: 3520 and 29.", fine: { highest: 710, limit: 3520 }, coarse: { highest: 0, limit: 29 } },
    { instrument: "settle", place: "worktop", grade: "A", exceeds: false, name: "Settle plate, work surface", text: "Colonies: 0; expected: 0.0004; limit of Grade A: no growth", colonies: 0, expected: 0.0004 },
    { instrument: "contact", place: "sleeve", grade: "B", exceeds: false, name: "Contact plate, a sleeve", text: "Colonies: 2; expected: 0.7; limit of Grade B: 5", colonies: 2, expected: 0.7 },
    { instrument: "dab", place: "hand:left", grade: "B", exceeds: true, name: "Finger dab, left glove", text: "Colonies: 7; expected: 4.1; limit of Grade B: 5", colonies: 7, expected: 4.1, fingers: { thumb: 1, index: 4, middle: 2, ring: 0, little: 0 } },
  ],
  risk: {
    of: "multiples of an expert's expected organisms a unit",
    relative: { all: { central: 7.1, low: 1.3, high: 79 }, air: { central: 310, low: 96, high: 1400 }, surface: { central: 41, low: 5.2, high: 610 }, liquid: { central: 1, low: 0.9, high: 1.1 } },
    units: Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`vial-${n + 1}`, { all: n === 2 ? 61 : n === 5 ? 44 : 1.1 }])),
    text: "Relative risk: 7.1 times that of an expert's run of the same variant (90 % interval 1.3 to 79).",
    notice: "These numbers compare two ways to work. Their level is not calibrated at a site, and says nothing of a real batch.",
  },
  exposure: { step_s: 5, of: "expected CFU per step", rows: Array.from({ length: 12 }, (_, n) => exposed(n + 1)) },
  cost: {
    gbp: { mid: 520, low: 190, high: 1640 }, waste_kg: { mid: 1.9, low: 1.2, high: 3.1 },
    lines: [
      { label: "Lost batch", quantity: 1, unit: "batch", gbp: { mid: 450, low: 150, high: 1500 }, waste_kg: null },
      { label: "Sterile gloves", quantity: { mid: 3, low: 2, high: 4 }, unit: "pairs", gbp: { mid: 6.6, low: 4, high: 9 }, waste_kg: { mid: 0.09, low: 0.06, high: 0.12 } },
    ],
    source: "bill of the module: aseptic filling in a cabinet, one trainee",
  },
  timeline: [
    { tick: 620, kind: "reading", text: "Airflow read: 0.45 m/s", severity: null },
    { tick: 2400, kind: "finding", text: "A pack went in before its 30 s were over", severity: "major" },
    { tick: 4900, kind: "finding", text: "A hand stood above an open vial", severity: "critical" },
    { tick: 5150, kind: "finding", text: "The neck of a vial was touched", severity: "critical" },
    { tick: 6100, kind: "finding", text: "A hand moved fast in the cabinet", severity: "minor" },
    { tick: 12000, kind: "recorded", text: "The airflow was recorded late", severity: "minor" },
  ],
  steps: [
    { id: "check", operation: "prepare", title: "Read the airflow and record it", done: 1, of: 1, tick: 620 },
    { id: "sanitise", operation: "prepare", title: "Sanitise the gloves", done: 1, of: 1, tick: 900 },
    { id: "dispense", operation: "fill", title: "Dispense 2.0 mL", done: 11, of: 12, tick: 11000 },
    { id: "report", operation: "fill", title: "Report the deviation", done: 0, of: 1, tick: null },
    { id: "label", operation: "close", title: "Label the vials", done: 11, of: 11, tick: 14000 },
    { id: "sign", operation: "close", title: "Sign the record", done: 1, of: 1, tick: 15200 },
  ],
  records: {
    fields: [
      { id: "airflow", label: "Airflow", unit: "m/s", value: 0.45, truth: 0.45, at: 12000, state: "late" },
      { id: "filled", label: "Vials filled", unit: null, value: 12, truth: 11, at: 14800, state: "differs" },
      { id: "lot-vials", label: "Lot of the vials", unit: null, value: "V-0113", truth: "V-0113", at: 1500, state: "agrees" },
      { id: "deviation", label: "Deviation", unit: null, value: null, truth: null, at: null, state: "missing" },
    ],
    signatures: [{ step: "batch", label: "Batch filled", meaning: "performed", at: 15200 }],
  },
  next: { module: "aseptic-filling", mode: "practice", seed: null },
  receipt: { record: 42, hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" },
};

const turn = [0, 0, 0, 1] as const;
const ticks = Array.from({ length: 765 * 4 }, (_, n) => n * 5);

/** Hands that circle over the worktop, the left one above vial 3 between 4:05 and 4:09. */
export const REPLAY: Replay = {
  tick_rate: 20,
  ticks: 15300,
  scene: SCENE,
  snapshot: SNAPSHOT,
  updates: [
    { t: "update", tick: 4000, events: [], items: { bottle: { ...SNAPSHOT.items["bottle"]!, at: [0.2, 0.9, -1.5] } } },
    { t: "update", tick: 6000, events: [], items: { bottle: { ...SNAPSHOT.items["bottle"]!, at: [0.3, 0.9, -1.5] } } },
  ],
  poses: {
    tick: ticks,
    head: ticks.map(() => [0, 1620, -760, ...turn]),
    left: ticks.map((tick) => [Math.round(-120 + 60 * Math.sin(tick / 90)), tick > 4860 && tick < 5000 ? 1080 : 980, Math.round(-1480 + 40 * Math.cos(tick / 70)), ...turn]),
    right: ticks.map((tick) => [Math.round(140 + 70 * Math.cos(tick / 80)), 1000, Math.round(-1470 + 50 * Math.sin(tick / 60)), ...turn]),
  },
  shields: [{ item: "vial-3", by: "hand:left", from_tick: 4880, to_tick: 4964, at: [-0.1, 0.94, -1.5], severity: "critical" }],
};
