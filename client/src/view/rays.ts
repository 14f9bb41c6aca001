import { CylinderGeometry, InstancedMesh, Matrix4, MeshBasicMaterial, Quaternion, type Ray, Vector3 } from "three";

const UP = new Vector3(0, 1, 0);
const turn = new Quaternion();
const matrix = new Matrix4();
const scale = new Vector3();

/** The thin beams from two hands to what they point at from afar; one draw call. */
export class Rays {
  readonly mesh: InstancedMesh;
  #shown = 0;

  constructor() {
    const beam = new CylinderGeometry(0.0012, 0.0012, 1, 6).translate(0, 0.5, 0);
    this.mesh = new InstancedMesh(beam, new MeshBasicMaterial({ color: 0x0b6bcb, transparent: true, opacity: 0.65 }), 2);
    this.mesh.frustumCulled = false;
    this.hide();
  }

  begin(): void {
    this.#shown = 0;
  }

  /** A beam of so many metres. */
  add(ray: Ray, far: number): void {
    turn.setFromUnitVectors(UP, ray.direction);
    matrix.compose(ray.origin, turn, scale.set(1, far, 1));
    this.mesh.setMatrixAt(this.#shown++, matrix);
  }

  end(): void {
    this.mesh.count = this.#shown;
    this.mesh.visible = this.#shown > 0;
    this.mesh.instanceMatrix.needsUpdate = true;
  }

  hide(): void {
    this.mesh.count = 0;
    this.mesh.visible = false;
  }
}
