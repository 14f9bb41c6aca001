import { describe, expect, it } from "vitest";
import { Lain } from "./lain";

const all = { step_s: 2, faces: [{ item: "hand:left", part: "glove", cfu: [1, 0.5, 0] }, { item: "vial-1", part: "neck", cfu: [0, 0, 0.02] }] };

describe("what lay on faces", () => {
  it("is that of the step a tick falls in, and told once", () => {
    const lain = new Lain(all, 20);
    expect(lain.at(0)).toEqual([["hand:left", "glove", 1]]);
    expect(lain.at(39)).toBeNull();
    expect(lain.at(40)).toEqual([["hand:left", "glove", 0.5]]);
    expect(lain.now).toEqual([["hand:left", "glove", 0.5]]);
  });
  it("goes back as well as on, and stays after the end", () => {
    const lain = new Lain(all, 20);
    expect(lain.at(9999)).toEqual([["vial-1", "neck", 0.02]]);
    expect(lain.at(5)).toEqual([["hand:left", "glove", 1]]);
  });
});
