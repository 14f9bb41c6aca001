import { Group, Mesh, MeshBasicMaterial, PlaneGeometry, Ray, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { PanelPointers } from "./panels";
import type { Pointer } from "./pointer";

function panel(id: string, z: number, over: boolean): Mesh {
  const mesh = new Mesh(new PlaneGeometry(1, 1), new MeshBasicMaterial({ depthTest: !over }));
  mesh.position.z = z;
  mesh.userData["panel"] = { id, pointer: () => undefined };
  mesh.updateMatrixWorld();
  return mesh;
}

const pointer: Pointer = {
  id: "p", device: "controller", side: "right", alone: false, near: null, margin: 0, screen: null, active: true,
  ray: new Ray(new Vector3(), new Vector3(0, 0, -1)),
};

describe("the pointers of panels", () => {
  it("press the question drawn over everything, not the screen that is nearer", () => {
    const panels = new PanelPointers(new Group().add(panel("screen", -1, false), panel("question", -2, true)));
    panels.hides = () => true;
    expect(panels.move(pointer)?.panel.id).toBe("question");
  });

  it("press the nearer of two screens, unless a thing stands before it", () => {
    const panels = new PanelPointers(new Group().add(panel("near", -1, false), panel("far", -2, false)));
    expect(panels.move(pointer)).toMatchObject({ distance: 1, panel: { id: "near" } });
    panels.hides = (_pointer, id, distance) => id === "near" && distance > 0.5;
    expect(panels.move(pointer)).toBeNull();
    expect(panels.down(pointer)).toBe(false);
  });
});
