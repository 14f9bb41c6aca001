import { BatchedMesh, type BufferGeometry, type Group, type Material, Matrix4, type Texture, Vector4 } from "three";
import { labelMaterial, plantMaterial, type RoomLight } from "./materials";
import type { Model, PartShape } from "./model";

export type Layer = "solid" | "glass" | "label";

const state = new Vector4();
const nowhere = new Matrix4().makeScale(0, 0, 0);

/** Everything with one material in one draw call: geometries of all kinds, an instance for each part of each thing. */
class Batch {
  readonly mesh: BatchedMesh;
  readonly #geometry = new Map<PartShape, number>();
  readonly #free = new Map<number, number[]>();

  constructor(shapes: readonly PartShape[], material: Material, keep: readonly string[], sorted: boolean) {
    let vertices = 0;
    let indices = 0;
    for (const { geometry } of shapes) {
      vertices += geometry.getAttribute("position").count;
      indices += geometry.getIndex()?.count ?? 0;
    }
    this.mesh = new BatchedMesh(256, Math.max(vertices, 3), Math.max(indices, 3), material);
    this.mesh.sortObjects = sorted;
    this.mesh.frustumCulled = false;
    // A batch without an instance has no state to read: it stays out of the scene's drawing.
    this.mesh.visible = false;
    for (const shape of shapes) this.#geometry.set(shape, this.mesh.addGeometry(only(shape.geometry, keep)));
  }

  add(shape: PartShape): number {
    const geometry = this.#geometry.get(shape);
    if (geometry === undefined) throw new Error(`part ${shape.part} is in no batch`);
    this.mesh.visible = true;
    const reused = this.#free.get(geometry)?.pop();
    if (reused !== undefined) {
      this.mesh.setVisibleAt(reused, true);
      return reused;
    }
    if (this.mesh.instanceCount >= this.mesh.maxInstanceCount) this.mesh.setInstanceCount(this.mesh.maxInstanceCount * 2);
    const instance = this.mesh.addInstance(geometry);
    this.mesh.setColorAt(instance, state.set(0, 0, 0, 1));
    return instance;
  }

  remove(instance: number): void {
    const geometry = this.mesh.getGeometryIdAt(instance);
    this.mesh.setVisibleAt(instance, false);
    this.mesh.setMatrixAt(instance, nowhere);
    this.#free.set(geometry, [...(this.#free.get(geometry) ?? []), instance]);
  }
}

export class Batches {
  readonly solid: Batch;
  readonly glass: Batch;
  readonly label: Batch;

  readonly #light: RoomLight = { map: { value: null }, lit: { value: 0 } };

  constructor(models: Iterable<Model>, atlas: Texture, into: Group) {
    const shapes = [...models].flatMap((model) => model.shapes);
    const of = (layer: Layer): PartShape[] => shapes.filter((shape) => shape.layer === layer);
    this.solid = new Batch(of("solid"), plantMaterial(false, this.#light), ["color", "surface", "light"], false);
    this.glass = new Batch(of("glass"), plantMaterial(true), ["color", "surface"], true);
    this.label = new Batch(of("label"), labelMaterial(atlas), ["uv"], false);
    this.glass.mesh.renderOrder = 2;
    into.add(this.solid.mesh, this.glass.mesh, this.label.mesh);
  }

  /** The light computed for the room. */
  lightBy(picture: Texture): void {
    this.#light.map.value = picture;
    this.#light.lit.value = 1;
  }

  dispose(): void {
    this.#light.map.value?.dispose();
    for (const batch of [this.solid, this.glass, this.label]) {
      batch.mesh.dispose();
      (batch.mesh.material as Material).dispose();
    }
  }
}

function only(geometry: BufferGeometry, keep: readonly string[]): BufferGeometry {
  const copy = geometry.clone();
  for (const name of Object.keys(copy.attributes)) {
    if (name !== "position" && name !== "normal" && !keep.includes(name)) copy.deleteAttribute(name);
  }
  return copy;
}
