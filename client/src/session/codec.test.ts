import { describe, expect, it } from "vitest";
import type { PoseFrame } from "../contract";
import { decodePose, encodePose, POSE_BYTES } from "./codec";

const frame: PoseFrame = {
  seq: 70_000,
  tick: 123_456,
  head: { position: [0.001, 1.6, -0.8], quaternion: [0, 0, 0, 1] },
  left: null,
  right: { position: [-2.5, 0.9, 1.234], quaternion: [0.5, -0.5, 0.5, -0.5] },
};

describe("the binary pose frame", () => {
  it("carries millimetres and unit quaternions there and back", () => {
    const view = new DataView(new ArrayBuffer(POSE_BYTES));
    encodePose(frame, view);
    const read = decodePose(view);
    expect(read.seq).toBe(70_000);
    expect(read.tick).toBe(123_456);
    expect(read.left).toBeNull();
    expect(read.head?.position).toEqual([0.001, 1.6, -0.8]);
    expect(read.right?.position).toEqual([-2.5, 0.9, 1.234]);
    read.right?.quaternion.forEach((part, n) => {
      expect(part).toBeCloseTo(frame.right?.quaternion[n] ?? 0, 4);
    });
  });

  it("lays out its bytes as the contract says, little endian", () => {
    const view = new DataView(new ArrayBuffer(POSE_BYTES));
    encodePose(frame, view);
    expect([view.getUint8(0), view.getUint8(1), view.getUint16(2, true)]).toEqual([1, 0b101, 0]);
    expect(view.getUint32(4, true)).toBe(70_000);
    expect(view.getUint32(8, true)).toBe(123_456);
    expect([view.getInt16(12, true), view.getInt16(14, true), view.getInt16(16, true)]).toEqual([1, 1600, -800]);
    expect(view.getInt16(24, true)).toBe(32767);
    for (let at = 26; at < 40; at++) expect(view.getUint8(at)).toBe(0);
  });

  it("overwrites what an earlier frame left in the buffer", () => {
    const view = new DataView(new ArrayBuffer(POSE_BYTES));
    encodePose(frame, view);
    encodePose({ ...frame, head: null, right: null }, view);
    expect(decodePose(view)).toEqual({ seq: 70_000, tick: 123_456, head: null, left: null, right: null });
  });

  it("keeps a position outside the int16 range at its end instead of wrapping round", () => {
    const view = new DataView(new ArrayBuffer(POSE_BYTES));
    encodePose({ ...frame, head: { position: [40, -40, 0], quaternion: [0, 0, 0, 1] } }, view);
    expect(decodePose(view).head?.position).toEqual([32.767, -32.768, 0]);
  });

  it("says what is wrong with a frame that is none", () => {
    expect(() => decodePose(new DataView(new ArrayBuffer(20)))).toThrow("54 bytes, this one 20");
    expect(() => decodePose(new DataView(new ArrayBuffer(POSE_BYTES)))).toThrow("type 0");
  });
});
