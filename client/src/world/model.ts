import {
  Box3, BoxGeometry, BufferAttribute, BufferGeometry, Color, type Material, MathUtils, Matrix3, Matrix4, Mesh, MeshStandardMaterial,
  type Object3D, Vector3,
} from "three";
import type { ModelSpec, Vec3 } from "../contract";

/** One part of a kind, ready for a batch: all attributes plain floats in the frame of the thing. */
export interface PartShape {
  part: string;
  layer: "solid" | "glass" | "label" | "screen";
  geometry: BufferGeometry;
}

export interface Model {
  kind: string;
  size: Vector3;
  /** Bounding box in the frame of the thing. */
  box: Box3;
  shapes: PartShape[];
  parts: Map<string, Box3>;
  spec: ModelSpec;
  /** True while no drawn model exists and a labelled box stands in its place. */
  standIn: boolean;
}

/** The part of a hand that has no arm behind it. */
export const SLEEVE = "sleeve";
/** How much of a sleeve is solid before it begins to fade, from the wrist. */
const SOLID = 0.5;
/** A stand-in higher than this has its label where the eyes are, metres. */
const HIGH = 1.4;
/** How much of it is tucked into the cuff of the glove, where its folds must not show through. */
const TUCKED = 0.06;

/** What fetches and reads a model's file: one for all kinds of a scene. Its code comes only when it is asked for. */
export async function modelReader(): Promise<(url: string) => Promise<Object3D>> {
  const [{ GLTFLoader }, { MeshoptDecoder }] = await Promise.all([
    import("three/addons/loaders/GLTFLoader.js"),
    import("three/addons/libs/meshopt_decoder.module.js"),
  ]);
  const loader = new GLTFLoader();
  loader.setMeshoptDecoder(MeshoptDecoder);
  return async (url) => (await loader.loadAsync(url)).scene;
}

/**
 * Loads a kind's model; a model that is missing or broken becomes a labelled box of the right size. `inside`: one
 * stands in it.
 */
export async function loadModel(
  kind: string, spec: ModelSpec, load: (url: string) => Promise<Object3D>, inside = false,
): Promise<Model> {
  try {
    return fromScene(kind, spec, await load(spec.url));
  } catch {
    return standIn(kind, spec, inside);
  }
}

export function fromScene(kind: string, spec: ModelSpec, root: Object3D): Model {
  const shapes: PartShape[] = [];
  root.updateMatrixWorld(true);
  const known = new Set(spec.parts);
  const gathered = new Map<string, { part: string; layer: PartShape["layer"]; pieces: BufferGeometry[] }>();
  root.traverse((object) => {
    if (!(object instanceof Mesh)) return;
    const part = partOf(object, known);
    const material = (Array.isArray(object.material) ? object.material[0] : object.material) as Material;
    const layer = layerOf(part, spec, material);
    const key = `${part}/${layer}`;
    const entry = gathered.get(key) ?? { part, layer, pieces: [] };
    entry.pieces.push(plain(object.geometry as BufferGeometry, object.matrixWorld, material));
    gathered.set(key, entry);
    object.geometry.dispose();
    material.dispose();
  });
  for (const { part, layer, pieces } of gathered.values()) {
    const geometry = joined(pieces);
    if (part === SLEEVE) fadeOut(geometry);
    shapes.push({ part, layer, geometry });
  }
  if (shapes.length === 0) throw new Error(`the model of ${kind} has no mesh`);
  return model(kind, spec, shapes, false);
}

/**
 * A box of the size that the specification says, with a label on its top and, where it is too high for that to be seen,
 * on its front. A box one stands in (`inside`) shows its inner faces.
 */
export function standIn(kind: string, spec: ModelSpec, inside = false): Model {
  const [x, y, z] = spec.size;
  const [sx, sy, sz] = spec.shift ?? [0, 0, 0];
  const box = new BoxGeometry(x, y, z);
  const place = new Matrix4().makeTranslation(sx, sy + y / 2, sz);
  // Mirrored with its triangles as they are, a box looks inwards.
  if (inside) box.scale(-1, 1, 1).computeVertexNormals();
  const material = new MeshStandardMaterial({ color: 0xcfd6da, roughness: 0.6 });
  const shapes: PartShape[] = [{ part: spec.parts[0] ?? "body", layer: "solid", geometry: plain(box, place, material) }];
  const label = (side: number, at: Matrix4): void => {
    if (side <= 0.02 || inside) return;
    const face = new BoxGeometry(side * 0.9, 0.001, side * 0.45);
    shapes.push({ part: "stand-in", layer: "label", geometry: plain(face, at, material) });
  };
  label(Math.min(x, z), new Matrix4().makeTranslation(sx, sy + y, sz));
  if (y > Math.max(z, HIGH)) {
    const front = new Matrix4().makeRotationX(Math.PI / 2).setPosition(sx, sy + Math.min(y * 0.75, HIGH), sz + z / 2);
    label(Math.min(x, y / 2), front);
  }
  return model(kind, spec, shapes, true);
}

function model(kind: string, spec: ModelSpec, shapes: PartShape[], isStandIn: boolean): Model {
  const parts = new Map<string, Box3>();
  const box = new Box3();
  for (const { part, geometry } of shapes) {
    geometry.computeBoundingBox();
    geometry.computeBoundingSphere();
    const bounds = geometry.boundingBox ?? new Box3();
    parts.set(part, (parts.get(part) ?? new Box3()).union(bounds));
    box.union(bounds);
  }
  return { kind, size: box.getSize(new Vector3()), box, shapes, parts, spec, standIn: isStandIn };
}

/** Where a screen would be on a thing that has no drawn model: a plate on its front, looking up a little. */
export function screenStandIn(spec: ModelSpec, part: string): BufferGeometry | null {
  const size = spec.screens?.[part]?.size;
  if (!size) return null;
  const [width, height] = size;
  const [x, y, z]: Vec3 = spec.size;
  const flat = y < 0.05;
  const geometry = new BufferGeometry();
  const w = Math.min(width, x) / 2;
  const h = height / 2;
  const corners = flat
    ? [-w, y + 0.001, h, w, y + 0.001, h, w, y + 0.001, -h, -w, y + 0.001, -h]
    : [-w, y - 2 * h, z / 2 + 0.001, w, y - 2 * h, z / 2 + 0.001, w, y, z / 2 + 0.001, -w, y, z / 2 + 0.001];
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(corners), 3));
  geometry.setAttribute("uv", new BufferAttribute(new Float32Array([0, 0, 1, 0, 1, 1, 0, 1]), 2));
  geometry.setIndex([0, 1, 2, 0, 2, 3]);
  geometry.computeVertexNormals();
  return geometry;
}

function partOf(object: Object3D, known: ReadonlySet<string>): string {
  for (let at: Object3D | null = object; at; at = at.parent) {
    if (known.has(at.name)) return at.name;
    // Loaders number the pieces of a node that has several materials.
    const stem = at.name.replace(/_\d+$/, "");
    if (known.has(stem)) return stem;
  }
  return "body";
}

function layerOf(part: string, spec: ModelSpec, material: Material): PartShape["layer"] {
  if (part === SLEEVE) return "glass";
  if (part === "label" && spec.screens?.["label"]) return "label";
  if (spec.screens?.[part]) return "screen";
  return material.transparent || material.opacity < 1 ? "glass" : "solid";
}

/** A mesh's geometry as plain floats in the frame of the thing, with its material written into the vertices. */
function plain(source: BufferGeometry, matrix: Matrix4, material: Material): BufferGeometry {
  const position = source.getAttribute("position");
  const count = position.count;
  if (!source.getAttribute("normal")) source.computeVertexNormals();
  const normal = source.getAttribute("normal");
  const uv = source.getAttribute("uv");
  const tint = source.getAttribute("color");
  const look = surfaceOf(material);
  const positions = new Float32Array(count * 3);
  const normals = new Float32Array(count * 3);
  const colors = new Float32Array(count * 4);
  const surfaces = new Float32Array(count * 3);
  const uvs = new Float32Array(count * 2);
  const lights = baked(source, count);
  const normalMatrix = new Matrix3().getNormalMatrix(matrix);
  const v = new Vector3();
  for (let i = 0; i < count; i++) {
    v.fromBufferAttribute(position, i).applyMatrix4(matrix).toArray(positions, i * 3);
    v.fromBufferAttribute(normal, i).applyMatrix3(normalMatrix).normalize().toArray(normals, i * 3);
    colors[i * 4] = look.color.r * (tint ? tint.getX(i) : 1);
    colors[i * 4 + 1] = look.color.g * (tint ? tint.getY(i) : 1);
    colors[i * 4 + 2] = look.color.b * (tint ? tint.getZ(i) : 1);
    // Glass and film carry how clear they are with the vertices.
    colors[i * 4 + 3] = look.opacity * (tint?.itemSize === 4 ? tint.getW(i) : 1);
    surfaces.set(look.surface, i * 3);
    // The file counts v downwards; the specification, and every canvas drawn on here, upwards.
    if (uv) uvs.set([uv.getX(i), 1 - uv.getY(i)], i * 2);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(positions, 3));
  geometry.setAttribute("normal", new BufferAttribute(normals, 3));
  geometry.setAttribute("color", new BufferAttribute(colors, 4));
  geometry.setAttribute("surface", new BufferAttribute(surfaces, 3));
  geometry.setAttribute("uv", new BufferAttribute(uvs, 2));
  geometry.setAttribute("light", new BufferAttribute(lights, 3));
  const index = source.getIndex();
  const indices = new Uint32Array(index ? index.count : count);
  for (let i = 0; i < indices.length; i++) indices[i] = index ? index.getX(i) : i;
  // A mirrored node turns its triangles inside out.
  if (matrix.determinant() < 0) {
    for (let i = 0; i < indices.length; i += 3) {
      const second = indices[i + 1] ?? 0;
      indices[i + 1] = indices[i + 2] ?? 0;
      indices[i + 2] = second;
    }
  }
  geometry.setIndex(new BufferAttribute(indices, 1));
  return geometry;
}

/**
 * Where in the picture of its room's light each vertex lies, and 1 where light was computed for it: the model's second
 * set of coordinates, of the first `baked` triangles.
 */
function baked(source: BufferGeometry, count: number): Float32Array {
  const lights = new Float32Array(count * 3);
  const at = source.getAttribute("uv1") as BufferAttribute | undefined;
  const triangles: unknown = source.userData["baked"];
  if (!at || typeof triangles !== "number") return lights;
  const index = source.getIndex();
  for (let n = 0; n < 3 * triangles; n++) {
    const vertex = index ? index.getX(n) : n;
    lights.set([at.getX(vertex), at.getY(vertex), 1], vertex * 3);
  }
  return lights;
}

/**
 * A sleeve ends in the air, for nobody has an arm in the room: it fades towards the elbow, so that a hand that reaches
 * farther than an arm, or comes near to the eyes, shows a piece of gown and no cut cone.
 */
function fadeOut(geometry: BufferGeometry): void {
  const position = geometry.getAttribute("position");
  const color = geometry.getAttribute("color");
  let wrist = Infinity;
  let elbow = -Infinity;
  for (let n = 0; n < position.count; n++) {
    wrist = Math.min(wrist, position.getZ(n));
    elbow = Math.max(elbow, position.getZ(n));
  }
  for (let n = 0; n < position.count; n++) {
    const along = (position.getZ(n) - wrist) / (elbow - wrist);
    color.setW(n, along < TUCKED ? 0 : color.getW(n) * (1 - MathUtils.smoothstep(along, SOLID, 1)));
  }
}

function surfaceOf(material: Material): { color: Color; opacity: number; surface: Vec3 } {
  if (!(material instanceof MeshStandardMaterial)) return { color: new Color(0xcccccc), opacity: 1, surface: [0.6, 0, 0] };
  const glow = material.emissive.r + material.emissive.g + material.emissive.b > 0.01 ? Math.min(1, material.emissiveIntensity) : 0;
  const color = glow > 0 ? material.emissive.clone() : material.color.clone();
  const opacity = material.transparent ? material.opacity : 1;
  return { color, opacity, surface: [material.roughness, material.metalness, glow] };
}

function joined(pieces: BufferGeometry[]): BufferGeometry {
  const [first] = pieces;
  if (first && pieces.length === 1) return first;
  const geometry = new BufferGeometry();
  const names: [string, number][] = [["position", 3], ["normal", 3], ["color", 4], ["surface", 3], ["uv", 2], ["light", 3]];
  for (const [name, itemSize] of names) {
    const arrays = pieces.map((piece) => piece.getAttribute(name).array as Float32Array);
    const all = new Float32Array(arrays.reduce((sum, array) => sum + array.length, 0));
    let at = 0;
    for (const array of arrays) {
      all.set(array, at);
      at += array.length;
    }
    geometry.setAttribute(name, new BufferAttribute(all, itemSize));
  }
  const indices: number[] = [];
  let base = 0;
  for (const piece of pieces) {
    const index = piece.getIndex();
    if (index) for (let i = 0; i < index.count; i++) indices.push(base + index.getX(i));
    base += piece.getAttribute("position").count;
  }
  geometry.setIndex(new BufferAttribute(new Uint32Array(indices), 1));
  return geometry;
}
