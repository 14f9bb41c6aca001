import { type Camera, Mesh, MeshBasicMaterial, RingGeometry } from "three";

const SECONDS = 0.25;

/** Narrows the view for a moment while it turns or jumps, for those who ask for it. */
export class Vignette {
  readonly #mesh: Mesh;
  readonly #material = new MeshBasicMaterial({ color: 0x10181c, transparent: true, depthTest: false, depthWrite: false });
  #left = 0;

  constructor(camera: Camera) {
    this.#mesh = new Mesh(new RingGeometry(0.12, 1.2, 40), this.#material);
    this.#mesh.position.z = -0.3;
    this.#mesh.renderOrder = 20;
    this.#mesh.visible = false;
    camera.add(this.#mesh);
  }

  show(): void {
    this.#left = SECONDS;
    this.#mesh.visible = true;
  }

  hide(): void {
    this.#left = 0;
    this.#mesh.visible = false;
  }

  frame(seconds: number): void {
    if (this.#left <= 0) return;
    this.#left -= seconds;
    this.#material.opacity = Math.max(0, this.#left / SECONDS);
    this.#mesh.visible = this.#left > 0;
  }
}
