import { describe, expect, it } from "vitest";
import { DEFAULTS, parseSettings } from "./settings";

describe("stored settings", () => {
  it("are the defaults where nothing, or nothing readable, is stored", () => {
    expect(parseSettings(null)).toEqual(DEFAULTS);
    expect(parseSettings("{broken")).toEqual(DEFAULTS);
    expect(parseSettings("[]")).toEqual(DEFAULTS);
    expect(parseSettings("null")).toEqual(DEFAULTS);
  });
  it("keep what is sound and drop what is not, field by field", () => {
    const stored = JSON.stringify({ leftHanded: true, snapTurn: 45, text: "huge", captions: "yes", stretch: 3, unknown: 1 });
    expect(parseSettings(stored)).toEqual({ ...DEFAULTS, leftHanded: true, snapTurn: 45 });
  });
});
