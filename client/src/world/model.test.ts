import { CylinderGeometry, Group, Mesh, MeshStandardMaterial } from "three";
import { describe, expect, it } from "vitest";
import type { ModelSpec } from "../contract";
import { fromScene } from "./model";

const spec: ModelSpec = { url: "", size: [0.1, 0.1, 0.4], parts: ["open", "sleeve"], anchor: "palm" };

/** A tube along z from 0 to 0.2 m in so many rings. */
function tube(name: string, rings: number): Mesh {
  const geometry = new CylinderGeometry(0.05, 0.05, 0.2, 8, rings, true).rotateX(Math.PI / 2).translate(0, 0, 0.1);
  const mesh = new Mesh(geometry, new MeshStandardMaterial({ color: 0xffffff }));
  mesh.name = name;
  return mesh;
}

describe("the sleeve of a hand", () => {
  const model = fromScene("glove-right", spec, new Group().add(tube("open", 4), tube("sleeve", 10)));
  const of = (part: string): (typeof model.shapes)[number] | undefined => model.shapes.find((shape) => shape.part === part);

  it("is not seen in the cuff, and fades from there to the elbow", () => {
    const geometry = of("sleeve")?.geometry;
    const clear = new Map<number, number>();
    for (let n = 0; n < (geometry?.getAttribute("position").count ?? 0); n++) {
      clear.set(Math.round((geometry?.getAttribute("position").getZ(n) ?? 0) * 1000), geometry?.getAttribute("color").getW(n) ?? NaN);
    }
    const along = [...clear].sort(([a], [b]) => a - b).map(([, opacity]) => opacity);
    expect(along).toHaveLength(11);
    expect(along.shift()).toBe(0);
    expect(along[0]).toBe(1);
    expect(along.at(-1)).toBeCloseTo(0);
    expect(along).toEqual([...along].sort((a, b) => b - a));
  });

  it("is drawn with what is see-through; the hand itself is not", () => {
    expect(of("sleeve")?.layer).toBe("glass");
    expect(of("open")?.layer).toBe("solid");
    expect(of("open")?.geometry.getAttribute("color").getW(0)).toBe(1);
  });
});
