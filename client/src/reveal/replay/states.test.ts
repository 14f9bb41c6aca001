import { describe, expect, it } from "vitest";
import { SNAPSHOT } from "../../../test-fixtures/session";
import type { Update } from "../../contract";
import { States } from "./states";

const bottle = SNAPSHOT.items["bottle"]!;
const updates: Update[] = Array.from({ length: 600 }, (_, n) => ({
  t: "update",
  tick: 10 + n * 10,
  events: [],
  items: { bottle: { ...bottle, at: [n, 0.9, 0] } },
}));
const x = (states: States): number | undefined => states.snapshot.items["bottle"]?.at[0];

describe("the state of the room", () => {
  it("is the same at a tick whichever way one came to it", () => {
    const forwards = new States({ snapshot: SNAPSHOT, updates });
    forwards.seek(3015);
    const backwards = new States({ snapshot: SNAPSHOT, updates });
    backwards.seek(6000);
    backwards.seek(3015);
    expect(x(backwards)).toBe(x(forwards));
    expect(x(forwards)).toBe(300);
  });
  it("returns to the very beginning", () => {
    const states = new States({ snapshot: SNAPSHOT, updates });
    states.seek(5000);
    states.seek(0);
    expect(x(states)).toBe(bottle.at[0]);
  });
  it("names what may look different", () => {
    const states = new States({ snapshot: SNAPSHOT, updates });
    expect([...states.seek(10)]).toEqual(["bottle"]);
    expect(states.seek(15).size).toBe(0);
    expect(states.seek(5)).toContain("bottle");
  });
});
