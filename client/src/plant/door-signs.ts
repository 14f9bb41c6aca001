import { CanvasTexture, Group, Mesh, MeshBasicMaterial, PlaneGeometry, type Ray, SRGBColorSpace, Vector3 } from "three";
import type { Lead, WalkScene } from "./contract";

/** A sign before a door, metres: its size, how high the lowest hangs, how far before the door. */
const WIDTH = 0.84;
const HEIGHT = 0.15;
const GAP = 0.03;
const LOW = 1.36;
const BEFORE = 0.16;
const PIXELS = 640;
const INK = "#ffffff";
const GROUND = "#174ec9";
const LIT = "#0f3a9c";

interface Sign {
  mesh: Mesh<PlaneGeometry, MeshBasicMaterial>;
  lead: Lead;
}

const normal = new Vector3();
const at = new Vector3();

/** Before every door that leads somewhere: the names of the rooms behind it, to be pressed from any device. */
export class DoorSigns {
  readonly group = new Group();
  readonly #signs: Sign[] = [];
  readonly #geometry = new PlaneGeometry(WIDTH, HEIGHT);
  #lit: Lead | null = null;

  constructor(scene: WalkScene) {
    for (const { id, at: stands, yaw } of scene.equipment) {
      (scene.doors[id]?.leads ?? []).forEach((lead, n) => {
        const mesh = new Mesh(this.#geometry, new MeshBasicMaterial({ map: written(lead.title, GROUND), toneMapped: false }));
        mesh.position.set(stands[0] + BEFORE * Math.sin(yaw), LOW + n * (HEIGHT + GAP), stands[2] + BEFORE * Math.cos(yaw));
        mesh.rotation.y = yaw;
        mesh.updateMatrixWorld();
        this.group.add(mesh);
        this.#signs.push({ mesh, lead });
      });
    }
  }

  /** The way that a ray points at, and how far its sign is (metres). */
  meet(ray: Ray): { lead: Lead; distance: number } | null {
    let best: { lead: Lead; distance: number } | null = null;
    for (const { mesh, lead } of this.#signs) {
      normal.set(Math.sin(mesh.rotation.y), 0, Math.cos(mesh.rotation.y));
      const facing = ray.direction.dot(normal);
      if (facing >= -1e-3) continue;
      const distance = at.copy(mesh.position).sub(ray.origin).dot(normal) / facing;
      mesh.worldToLocal(ray.at(distance, at));
      if (distance > 0 && Math.abs(at.x) <= WIDTH / 2 && Math.abs(at.y) <= HEIGHT / 2 && (!best || distance < best.distance)) best = { lead, distance };
    }
    return best;
  }

  light(lead: Lead | null): void {
    if (lead === this.#lit) return;
    this.#lit = lead;
    for (const { mesh, lead: own } of this.#signs) mesh.material.color.set(own === lead ? 0xb9cdf5 : 0xffffff);
  }

  /** Where the sign of a room hangs. */
  at(room: string): Vector3 | null {
    return this.#signs.find(({ lead }) => lead.room === room)?.mesh.position ?? null;
  }

  dispose(): void {
    this.#geometry.dispose();
    for (const { mesh } of this.#signs) {
      mesh.material.map?.dispose();
      mesh.material.dispose();
    }
  }
}

function written(title: string, ground: string): CanvasTexture {
  const canvas = document.createElement("canvas");
  canvas.width = PIXELS;
  canvas.height = Math.round((PIXELS * HEIGHT) / WIDTH);
  const context = canvas.getContext("2d");
  if (context) {
    const { width, height } = canvas;
    context.fillStyle = ground;
    context.fillRect(0, 0, width, height);
    context.strokeStyle = LIT;
    context.lineWidth = 6;
    context.strokeRect(3, 3, width - 6, height - 6);
    context.fillStyle = INK;
    context.textBaseline = "middle";
    // An arrow, then the name, as large as the sign allows.
    context.beginPath();
    context.moveTo(28, height / 2);
    context.lineTo(76, height / 2);
    context.moveTo(56, height / 2 - 20);
    context.lineTo(76, height / 2);
    context.lineTo(56, height / 2 + 20);
    context.lineWidth = 9;
    context.strokeStyle = INK;
    context.stroke();
    const room = width - 130;
    context.font = '700 50px "Atkinson Hyperlegible", sans-serif';
    const size = 50 * Math.min(1, room / context.measureText(title).width);
    context.font = `700 ${size}px "Atkinson Hyperlegible", sans-serif`;
    context.fillText(title, 100, height / 2 + 3);
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  return texture;
}
