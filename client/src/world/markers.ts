import type { Vector3 } from "three";
import { CanvasTexture, Group, Mesh, MeshBasicMaterial, PlaneGeometry, SRGBColorSpace } from "three";
import type { SceneSpec } from "../contract";

const SIZE = 0.46;
/** How much larger the mark is where the next thing to act on is, and by how much it breathes. */
const CUED = 1.25;
const BREATH = 0.07;

/** Round marks on the floor where a person can stand, each with its number, drawn once. */
export class StationMarkers {
  readonly group = new Group();
  readonly #marks = new Map<string, { mesh: Mesh; material: MeshBasicMaterial; at: Vector3 }>();
  #current = "";
  #lit: string | null = null;
  #cued: string | null = null;
  #plain = 0.75;

  constructor(scene: SceneSpec) {
    const geometry = new PlaneGeometry(SIZE, SIZE).rotateX(-Math.PI / 2);
    for (const [id, station] of Object.entries(scene.stations)) {
      const material = new MeshBasicMaterial({ map: disc(String(station.key)), transparent: true, depthWrite: false, opacity: 0.75 });
      const mesh = new Mesh(geometry, material);
      mesh.position.set(station.at[0], 0.012, station.at[2]);
      mesh.rotation.y = station.yaw;
      mesh.renderOrder = 1;
      this.group.add(mesh);
      this.#marks.set(id, { mesh, material, at: mesh.position });
    }
  }

  ids(): IterableIterator<string> {
    return this.#marks.keys();
  }

  at(id: string): Vector3 | undefined {
    return this.#marks.get(id)?.at;
  }

  readonly radius = SIZE / 2;

  /** The mark under the person's own feet is not shown. */
  stand(station: string): void {
    this.#current = station;
    for (const [id, { mesh }] of this.#marks) mesh.visible = id !== station;
  }

  get current(): string {
    return this.#current;
  }

  light(id: string | null): void {
    this.#lit = id;
    this.beat(0);
  }

  /** The station where the next thing to act on is; null for none. */
  cue(id: string | null): void {
    if (id === this.#cued) return;
    const before = this.#marks.get(this.#cued ?? "");
    before?.mesh.scale.setScalar(1);
    this.#cued = id;
    this.beat(0);
  }

  contrast(high: boolean): void {
    this.#plain = high ? 1 : 0.75;
    this.beat(0);
  }

  /** `breath` from -1 to 1: the cued mark comes and goes a little. */
  beat(breath: number): void {
    for (const [key, { material }] of this.#marks) material.opacity = key === this.#lit || key === this.#cued ? 1 : this.#plain;
    this.#marks.get(this.#cued ?? "")?.mesh.scale.setScalar(CUED + BREATH * breath);
  }

  dispose(): void {
    for (const { mesh, material } of this.#marks.values()) {
      material.map?.dispose();
      material.dispose();
      mesh.geometry.dispose();
    }
  }
}

function disc(text: string): CanvasTexture {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 128;
  const context = canvas.getContext("2d");
  if (context) {
    context.fillStyle = "#0b6bcb";
    context.beginPath();
    context.arc(64, 64, 58, 0, Math.PI * 2);
    context.fill();
    context.strokeStyle = "#fff";
    context.lineWidth = 5;
    context.beginPath();
    context.arc(64, 64, 49, 0, Math.PI * 2);
    context.stroke();
    context.fillStyle = "#fff";
    context.font = '700 62px "Atkinson Hyperlegible", sans-serif';
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(text, 64, 68);
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  return texture;
}
