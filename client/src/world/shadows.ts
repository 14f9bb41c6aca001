import { DynamicDrawUsage, InstancedMesh, Matrix4, PlaneGeometry, ShaderMaterial } from "three";

const flat = new Matrix4().makeRotationX(-Math.PI / 2);
const matrix = new Matrix4();

/** Soft dark spots under things: they stand on the surface, or hover above it, without a shadow map. */
export class BlobShadows {
  readonly mesh: InstancedMesh;
  #used = 0;

  constructor(capacity: number) {
    const geometry = new PlaneGeometry(1, 1).applyMatrix4(flat);
    const material = new ShaderMaterial({
      transparent: true,
      depthWrite: false,
      polygonOffset: true,
      polygonOffsetFactor: -2,
      polygonOffsetUnits: -2,
      vertexShader: /* glsl */ `
        varying vec2 vAt;
        varying float vDark;
        void main() {
          vAt = uv * 2.0 - 1.0;
          // The y scale of a flat thing is free: it carries how dark the spot is.
          vDark = length( instanceMatrix[1].xyz );
          gl_Position = projectionMatrix * modelViewMatrix * vec4( ( instanceMatrix * vec4( position.x, 0.0, position.z, 1.0 ) ).xyz, 1.0 );
        }`,
      fragmentShader: /* glsl */ `
        varying vec2 vAt;
        varying float vDark;
        void main() {
          float edge = clamp( 1.0 - length( vAt ), 0.0, 1.0 );
          gl_FragColor = vec4( 0.05, 0.08, 0.1, edge * edge * ( 3.0 - 2.0 * edge ) * vDark );
        }`,
    });
    this.mesh = new InstancedMesh(geometry, material, capacity);
    this.mesh.instanceMatrix.setUsage(DynamicDrawUsage);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 1;
    this.mesh.count = 0;
  }

  begin(): void {
    this.#used = 0;
  }

  /** A spot of so much width and depth (metres), turned by yaw, from 0 (none) to 1 (black). */
  add(x: number, y: number, z: number, width: number, depth: number, yaw: number, dark: number): void {
    if (this.#used >= this.mesh.instanceMatrix.count) return;
    matrix.makeRotationY(yaw);
    const e = matrix.elements;
    for (let row = 0; row < 3; row++) {
      e[row] = (e[row] ?? 0) * width;
      e[4 + row] = (e[4 + row] ?? 0) * dark;
      e[8 + row] = (e[8 + row] ?? 0) * depth;
    }
    matrix.setPosition(x, y, z);
    this.mesh.setMatrixAt(this.#used++, matrix);
  }

  end(): void {
    this.mesh.count = this.#used;
    this.mesh.instanceMatrix.needsUpdate = true;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    (this.mesh.material as ShaderMaterial).dispose();
    this.mesh.dispose();
  }
}
