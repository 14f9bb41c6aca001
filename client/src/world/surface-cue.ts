import { BufferAttribute, BufferGeometry, Mesh, MeshBasicMaterial } from "three";
import type { SceneSpec } from "../contract";
import { ACCENT } from "./materials";

/** Width of the line, and how far inside the edge of the surface it runs, metres. */
const LINE = 0.008;
const STRONG = 0.014;
const INSET = 0.015;

/** A line around the surface on which the next thing is to be done: quiet, flat, one call to draw. */
export class SurfaceCue {
  readonly mesh: Mesh<BufferGeometry, MeshBasicMaterial>;
  #shown: string | null = null;
  #line = LINE;

  constructor(private readonly scene: SceneSpec) {
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(new Float32Array(8 * 3), 3));
    const around = [0, 1, 2, 3].flatMap((corner) => {
      const [a, b] = [corner, (corner + 1) % 4];
      return [a, a + 4, b, b, a + 4, b + 4];
    });
    geometry.setIndex(around);
    const material = new MeshBasicMaterial({ color: ACCENT, transparent: true, depthWrite: false, side: 2, toneMapped: false });
    this.mesh = new Mesh(geometry, material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 1;
    this.mesh.visible = false;
  }

  show(id: string | null): void {
    if (id === this.#shown) return;
    this.#shown = id;
    this.#draw();
  }

  contrast(high: boolean): void {
    this.#line = high ? STRONG : LINE;
    this.mesh.material.color.copy(ACCENT);
    this.#draw();
  }

  /** `breath` from -1 to 1. */
  beat(breath: number): void {
    this.mesh.material.opacity = 0.75 + 0.2 * breath;
  }

  #draw(): void {
    const surface = this.scene.surfaces[this.#shown ?? ""];
    this.mesh.visible = surface !== undefined;
    if (!surface) return;
    const position = this.mesh.geometry.getAttribute("position");
    const [x0, x1] = surface.x;
    const [z0, z1] = surface.z;
    for (let ring = 0; ring < 2; ring++) {
      const inset = Math.min(INSET + ring * this.#line, (x1 - x0) / 3, (z1 - z0) / 3);
      const y = surface.y + 0.002;
      position.setXYZ(ring * 4, x0 + inset, y, z0 + inset);
      position.setXYZ(ring * 4 + 1, x1 - inset, y, z0 + inset);
      position.setXYZ(ring * 4 + 2, x1 - inset, y, z1 - inset);
      position.setXYZ(ring * 4 + 3, x0 + inset, y, z1 - inset);
    }
    position.needsUpdate = true;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}
