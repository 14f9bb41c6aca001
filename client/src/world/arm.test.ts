import { Quaternion, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { elbowOf, wristBend } from "./arm";

const eyes = new Vector3(0, 1.6, 0);
const ahead = new Quaternion();
const elbow = (side: "left" | "right", x: number, y: number, z: number, turn = ahead): Vector3 => elbowOf(side, new Vector3(x, y, z), eyes, turn, new Vector3());

describe("the elbow behind a hand", () => {
  it("hangs below the line from shoulder to wrist, and a forearm away from the wrist", () => {
    const wrist = new Vector3(0.2, 1.1, -0.3);
    const found = elbow("right", 0.2, 1.1, -0.3);
    expect(found.distanceTo(wrist)).toBeCloseTo(0.26, 2);
    expect(found.y).toBeLessThan(1.1);
    expect(found.x).toBeGreaterThan(0.18);
  });

  it("lies on the line to the shoulder for a hand that is farther than an arm is long", () => {
    const wrist = new Vector3(0.3, 1, -1.4);
    const found = elbow("right", 0.3, 1, -1.4);
    const shoulder = new Vector3(0.18, 1.35, 0.1);
    expect(found.distanceTo(wrist)).toBeCloseTo(0.26);
    expect(found.clone().sub(wrist).normalize().dot(shoulder.clone().sub(wrist).normalize())).toBeCloseTo(1);
  });

  it("mirrors with the side and turns with the person", () => {
    const right = elbow("right", 0.2, 1.1, -0.3);
    const left = elbow("left", -0.2, 1.1, -0.3);
    expect(left.x).toBeCloseTo(-right.x);
    expect(left.z).toBeCloseTo(right.z);
    const about = new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), Math.PI / 2);
    const turned = elbow("right", -0.3, 1.1, -0.2, about);
    expect(turned.distanceTo(right.clone().applyQuaternion(about))).toBeLessThan(1e-6);
  });

  it("does not follow a nod", () => {
    const nod = new Quaternion().setFromAxisAngle(new Vector3(1, 0, 0), -1.2);
    expect(elbow("right", 0.2, 1.1, -0.3, nod).distanceTo(elbow("right", 0.2, 1.1, -0.3))).toBeLessThan(1e-6);
  });
});

describe("the bend of a wrist", () => {
  const behind = (towards: Vector3): Vector3 => new Vector3(0, 0, 1).applyQuaternion(wristBend(towards, new Quaternion()));

  it("takes the sleeve to the elbow", () => {
    const towards = new Vector3(0.3, -0.5, 1);
    expect(behind(towards).dot(towards.clone().normalize())).toBeCloseTo(1);
  });

  it("goes no farther than a wrist does", () => {
    expect((behind(new Vector3(0, -1, 0)).angleTo(new Vector3(0, 0, 1)) * 180) / Math.PI).toBeCloseTo(70);
    expect(behind(new Vector3(0, -1, 0)).y).toBeLessThan(0);
  });
});
