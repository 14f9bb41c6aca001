import about from "./cabinet.json";

/** What `scripts/air_for_client.py` tells of the field it wrote. Metres and m/s, in the cabinet's own frame. */
export type About = typeof about;
export const ABOUT: About = about;

/** Where to write what the air does at a point: velocity, then the turbulent velocity in one direction, m/s. */
export type Flow = Float64Array;
export const flow = (): Flow => new Float64Array(4);

const PARTS = 4;

/** The cabinet's air without anything in it: mean velocity and turbulence on a grid, the left half a mirror of the right. */
export class AirField {
  private readonly nx: number;
  private readonly ny: number;
  private readonly nz: number;
  private readonly x0: number;
  private readonly y0: number;
  private readonly z0: number;
  private readonly perCell: number;

  /** grid: u, v, w and turbulence of each cell, z fastest, then y, then x. */
  private constructor(private readonly grid: Float32Array, readonly about: About) {
    [this.nx, this.ny, this.nz] = about.counts as [number, number, number];
    [this.x0, this.y0, this.z0] = about.low as [number, number, number];
    this.perCell = 1 / about.cell;
  }

  /** Loads the field; it is named by its contents, so that a kept copy is never stale. */
  static async load(): Promise<AirField> {
    const answer = await fetch(new URL("./cabinet.bin", import.meta.url));
    if (!answer.ok) throw new Error(`the cabinet's air could not be loaded (${answer.status})`);
    return AirField.read(await answer.blob());
  }

  /** Reads a field file. Throws where it does not hold what `about` says. */
  static async read(file: Blob): Promise<AirField> {
    const [nx, ny, nz] = about.counts as [number, number, number];
    const raw = await new Response(file.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
    if (raw.byteLength !== PARTS * nx * ny * nz * 2) throw new Error("the cabinet's air is not what its description says");
    const steps = new DataView(raw);
    const grid = new Float32Array(PARTS * nx * ny * nz);
    // Each number is the difference to its neighbour in x, and that the difference to the neighbour's in y.
    const across = new Int32Array(ny * nz);
    for (let part = 0; part < PARTS; part++) {
      across.fill(0);
      for (let x = 0; x < nx; x++) {
        for (let z = 0; z < nz; z++) {
          let step = 0;
          for (let y = 0; y < ny; y++) {
            step += steps.getInt16(2 * (((part * nx + x) * ny + y) * nz + z), true);
            const at = y * nz + z;
            across[at] = across[at]! + step;
            grid[PARTS * ((x * ny + y) * nz + z) + part] = across[at]! * about.quantum;
          }
        }
      }
    }
    return new AirField(grid, about);
  }

  /** Velocity and turbulence at a point, by trilinear interpolation; outside of the grid those of its edge. */
  at(x: number, y: number, z: number, out: Flow): void {
    const { perCell } = this;
    const aside = Math.abs(x);
    const px = Math.min(Math.max((aside - this.x0) * perCell, 0), this.nx - 1.000001);
    const py = Math.min(Math.max((y - this.y0) * perCell, 0), this.ny - 1.000001);
    const pz = Math.min(Math.max((z - this.z0) * perCell, 0), this.nz - 1.000001);
    const a = Math.floor(px);
    const b = Math.floor(py);
    const c = Math.floor(pz);
    const fx = px - a;
    const fy = py - b;
    const fz = pz - c;
    const { grid, ny, nz } = this;
    const dy = PARTS * nz;
    const dx = dy * ny;
    const n = PARTS * ((a * ny + b) * nz + c);
    for (let part = 0; part < PARTS; part++) {
      const i = n + part;
      const near = (1 - fz) * grid[i]! + fz * grid[i + PARTS]!;
      const up = (1 - fz) * grid[i + dy]! + fz * grid[i + dy + PARTS]!;
      const far = (1 - fz) * grid[i + dx]! + fz * grid[i + dx + PARTS]!;
      const both = (1 - fz) * grid[i + dx + dy]! + fz * grid[i + dx + dy + PARTS]!;
      out[part] = (1 - fx) * ((1 - fy) * near + fy * up) + fx * ((1 - fy) * far + fy * both);
    }
    // Between the two halves the speed across passes through nothing.
    if (aside < this.x0) out[0]! *= aside / this.x0;
    if (x < 0) out[0] = -out[0]!;
  }
}
