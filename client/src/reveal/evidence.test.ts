import { describe, expect, it } from "vitest";
import { REVEAL } from "../../test-fixtures/reveal";
import type { RevealFinding } from "./contract";
import { evidenceText } from "./evidence";

const base = REVEAL.findings[0] as RevealFinding;
const name = (id: string): string => ({ "vial-3": "Vial 3", "hand:left": "left hand" })[id] ?? id;

describe("evidence in words", () => {
  it("takes the server's own words where there are some", () => {
    expect(evidenceText({ ...base, evidence: { text: "Read at 0:31.", item: "vial-3" } }, name)).toBe("Read at 0:31.");
  });
  it("names things and gives values with their units", () => {
    const text = evidenceText({ ...base, evidence: { item: "vial-3", by: "hand:left", seconds: 4.2, speed_m_s: 0.74, events: [1, 2] } }, name);
    expect(text).toBe("Vial 3, left hand, for 4.2 s, speed 0.74 m/s");
  });
  it("adds how long it lasted where only the finding knows", () => {
    expect(evidenceText({ ...base, seconds: 3, evidence: { item: "vial-3" } }, name)).toBe("Vial 3, 3 s");
  });
});
