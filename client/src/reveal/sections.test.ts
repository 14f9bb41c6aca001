import { describe, expect, it } from "vitest";
import { REVEAL } from "../../test-fixtures/reveal";
import type { RevealFinding } from "./contract";
import { byCheck } from "./sections";

const [first] = REVEAL.findings as [RevealFinding];

describe("findings of one check", () => {
  it("stand together where the first of them stood, severities apart", () => {
    const other: RevealFinding = { ...first, check: "hand-speed", severity: "minor" };
    const late: RevealFinding = { ...first, tick: 9000 };
    const mild: RevealFinding = { ...first, severity: "minor" };
    expect(byCheck([first, other, late, mild])).toEqual([[first, late], [other], [mild]]);
  });
});
