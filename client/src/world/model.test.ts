import { BufferAttribute, CylinderGeometry, Group, Mesh, MeshStandardMaterial, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import type { ModelSpec } from "../contract";
import { fromScene, loadModel, standIn } from "./model";

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

describe("a model that does not come", () => {
  const cabinet: ModelSpec = { url: "/models/cabinet.glb", size: [1.34, 2.26, 0.8], shift: [0, 0.1, 0], parts: ["body"], anchor: "base" };
  const broken: Record<string, () => Promise<Group>> = {
    "is missing": () => Promise.reject(new Error("404")),
    "is no model": () => Promise.reject(new SyntaxError("Unexpected token")),
    "holds nothing": () => Promise.resolve(new Group()),
  };

  it.each(Object.keys(broken))("and %s is a box of the size of its specification, with a label", async (how) => {
    const model = await loadModel("cabinet", cabinet, broken[how] ?? (() => Promise.reject(new Error(how))));
    expect(model.standIn).toBe(true);
    const body = model.parts.get("body");
    expect(body?.min.toArray().map((v) => Number(v.toFixed(3)))).toEqual([-0.67, 0.1, -0.4]);
    expect(body?.max.toArray().map((v) => Number(v.toFixed(3)))).toEqual([0.67, 2.36, 0.4]);
    expect(model.shapes.filter(({ layer }) => layer === "label")).toHaveLength(2);
  });

  it("and is a room shows its walls to whoever stands in it", () => {
    const room: ModelSpec = { ...cabinet, shift: [0, 0, 0], size: [4, 3, 4] };
    const inwards = (inside: boolean): number => {
      const geometry = standIn("room", room, inside).shapes[0]?.geometry;
      const position = geometry?.getAttribute("position");
      const index = geometry?.getIndex();
      if (!position || !index) throw new Error("a stand-in without a box");
      let sum = 0;
      const [a, b, c, centre] = [new Vector3(), new Vector3(), new Vector3(), new Vector3(0, 1.5, 0)];
      for (let n = 0; n < index.count; n += 3) {
        a.fromBufferAttribute(position, index.getX(n));
        b.fromBufferAttribute(position, index.getX(n + 1)).sub(a);
        c.fromBufferAttribute(position, index.getX(n + 2)).sub(a);
        sum += Math.sign(b.cross(c).dot(centre.clone().sub(a)));
      }
      return sum;
    };
    expect(inwards(false)).toBe(-12);
    expect(inwards(true)).toBe(12);
  });
});

describe("the light computed for a room", () => {
  it("is taken by the first triangles of a primitive alone", () => {
    const mesh = tube("open", 1);
    const count = mesh.geometry.getAttribute("position").count;
    mesh.geometry.setAttribute("uv1", new BufferAttribute(new Float32Array(count * 2).fill(0.25), 2));
    mesh.geometry.userData["baked"] = 1;
    const geometry = fromScene("room", spec, new Group().add(mesh)).shapes[0]?.geometry;
    const light = geometry?.getAttribute("light");
    const first = [0, 1, 2].map((n) => geometry?.getIndex()?.getX(n) ?? -1);
    for (let n = 0; n < count; n++) expect(light?.getZ(n)).toBe(first.includes(n) ? 1 : 0);
    expect(light?.getX(first[0] ?? 0)).toBe(0.25);
  });
});
