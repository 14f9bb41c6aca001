import { describe, expect, it } from "vitest";
import type { Affordance, Item, SceneSpec, Side, Snapshot, Verb } from "../contract";
import { EMPTY } from "../session/store";
import { asSeen, firstOf, placeOf, reachOrder, takeOf } from "./order";

const offer = (id: string, verb: Verb, hand: Side | null, whyNot: string | null = null, part = "body"): Affordance => ({
  id, verb, hand, part, label: id, why_not: whyNot, needs: null, spec: null, action: { verb },
});

describe("what one press does", () => {
  const right = offer("take-right", "take", "right");
  const left = offer("take-left", "take", "left");

  it("is the first of the list for a pointer that is no hand", () => {
    expect(firstOf([right, left], null, "right")).toBe(right);
    expect(firstOf([], null, "right")).toBeNull();
  });

  it("goes to the preferred hand when both are offered the same", () => {
    expect(firstOf([right, left], null, "left")).toBe(left);
    expect(firstOf([right, offer("take-left", "take", "left", "It is full")], null, "left")).toBe(right);
    expect(firstOf([right, offer("open", "open", "left")], null, "left")).toBe(right);
  });

  it("is the first for that very hand when a hand points", () => {
    expect(firstOf([right, left], "left", "right")).toBe(left);
    expect(firstOf([right, offer("press", "operate", null)], "left", "right")?.id).toBe("press");
    expect(firstOf([right], "left", "right")).toBe(right);
  });

  it("is the first that is possible, or a reason when none is", () => {
    const blocked = offer("use", "use", "right", "The needle is covered");
    expect(firstOf([blocked, left], null, "right")).toBe(left);
    expect(firstOf([blocked, offer("take", "take", "left", "It is full")], null, "right")).toBe(blocked);
  });

  it("is never a touch or a drop, which are chosen in words", () => {
    const touch = offer("touch", "touch", "right");
    expect(firstOf([touch, left], null, "right")).toBe(left);
    expect(firstOf([touch, offer("drop", "drop", "right")], null, "right")).toBeNull();
  });

  it("finds the offer to take and to put down of a hand", () => {
    const place = offer("place", "place", "right");
    expect(takeOf([place, right, left], "left")).toBe(left);
    expect(takeOf([offer("take", "take", "left", "no")], "left")).toBeNull();
    expect(placeOf([right, place], "right")).toBe(place);
    expect(placeOf([place], "left")).toBeNull();
  });
});

describe("the order in which Tab walks", () => {
  const item = (x: number, z: number, where = "surface:worktop"): Item => ({ kind: "vial", name: "", where, at: [x, 0.9, z], yaw: 0, look: {} });
  const scene = { stations: { cabinet: { title: "", at: [0, 0, -0.8], yaw: 0, key: 2 } } } as unknown as SceneSpec;
  const snapshot: Snapshot = {
    ...EMPTY,
    station: "cabinet",
    items: { back: item(0, -1.7), "front-right": item(0.3, -1.4), "front-left": item(-0.3, -1.41), held: item(0, -1.3, "hand:right"), stuck: item(-0.5, -1.3) },
    affordances: {
      "surface:worktop": [offer("place", "place", "right")],
      "hand:right": [offer("drop", "drop", "right")],
      stuck: [offer("take", "take", "left", "no")],
      held: [offer("open", "open", "right")],
      back: [offer("take", "take", "left")],
      "front-right": [offer("take", "take", "left")],
      "front-left": [offer("take", "take", "left")],
      gone: [],
    },
  };

  it("takes the near row from left to right, then the far one, then what is blocked, hands and surfaces", () => {
    expect(reachOrder(snapshot, scene)).toEqual(["front-left", "front-right", "back", "stuck", "held", "hand:right", "surface:worktop"]);
  });

  it("sees left and right as the person stands", () => {
    expect(asSeen([0.2, 1, -1.4], [0, 0, -0.8], 0).map((v) => Math.round(v * 100))).toEqual([60, 20]);
    const [ahead, across] = asSeen([-1.85, 0.9, 0.5], [-1.35, 0, 0.2], Math.PI / 2);
    expect(ahead).toBeCloseTo(0.5);
    expect(across).toBeCloseTo(-0.3);
  });
});
