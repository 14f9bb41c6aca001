import { Quaternion, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { Tracks } from "./tracks";

const tracks = new Tracks({
  tick: [0, 10, 100],
  head: [[0, 1600, 0, 0, 0, 0, 1], [0, 1600, 0, 0, 1, 0, 0], [0, 1600, 0, 0, 1, 0, 0]],
  left: [[0, 1000, 0], [100, 1000, 0], [900, 1000, 0]],
  right: [null, [5, 5, 5], null],
});
const at = new Vector3();
const turn = new Quaternion();

describe("poses between poses", () => {
  it("run straight from one to the next, in metres", () => {
    expect(tracks.at("left", 5, at, turn)).toBe(true);
    expect(at.x).toBeCloseTo(0.05, 10);
  });
  it("turn evenly", () => {
    tracks.at("head", 5, at, turn);
    expect(turn.angleTo(new Quaternion())).toBeCloseTo(Math.PI / 2, 5);
  });
  it("are not made up over a long gap", () => {
    expect(tracks.at("left", 90, at, turn)).toBe(true);
    expect(at.x).toBeCloseTo(0.1, 10);
  });
  it("are absent where a hand was not tracked", () => {
    expect(tracks.at("right", 0, at, turn)).toBe(false);
    expect(tracks.at("right", 12, at, turn)).toBe(true);
    expect(tracks.at("right", 100, at, turn)).toBe(false);
  });
});

describe("the line of a hand's path", () => {
  it("has a vertex for each pose and bridges gaps with the last place seen", () => {
    const { positions, ticks } = tracks.line("right");
    expect(ticks).toHaveLength(3);
    expect([...positions].map((v) => Math.round(v * 1000))).toEqual([5, 5, 5, 5, 5, 5, 5, 5, 5]);
  });
});
