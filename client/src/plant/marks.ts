import { type Box3, BufferGeometry, Float32BufferAttribute, Group, LineBasicMaterial, LineSegments, Vector3 } from "three";
import type { Drawing } from "./contract";

/** How far from the thing a dimension is drawn, and how long its ticks are, in sizes of the thing. */
const OFFSET = 0.08;
const TICK = 0.03;
const ROUND = 40;
const INK = 0x33444e;
const BLUE = 0x0072b2;
const VERMILLION = 0xb34700;
const PURPLE = 0x8a3f72;

export type MarkName = "dimensions" | "surfaces" | "critical" | "sockets";

/** Lines about a thing: its dimensions, its surfaces, where product meets it, and where other things rest in it. */
export class Marks {
  readonly group = new Group();
  /** Where the words of width, height and depth belong, metres. */
  readonly ends: [Vector3, Vector3, Vector3] = [new Vector3(), new Vector3(), new Vector3()];
  readonly #of: Record<MarkName, LineSegments>;
  #side = "";

  constructor(drawing: Drawing, private readonly box: Box3) {
    this.#of = {
      dimensions: lines(INK),
      surfaces: lines(BLUE, drawing.surfaces.flatMap(({ y, x, z }) => rectangle(y, x, z))),
      critical: lines(VERMILLION, drawing.critical.flatMap(({ at, radius }) => ring(at, radius))),
      sockets: lines(PURPLE, drawing.sockets.flatMap(({ at, radius }) => ring(at, radius))),
    };
    // Marks are seen through what they are on; they are thin, and are not mistaken for it.
    for (const name of ["surfaces", "critical", "sockets"] as const) {
      (this.#of[name].material as LineBasicMaterial).depthTest = false;
      this.#of[name].renderOrder = 5;
    }
    this.group.add(...Object.values(this.#of));
  }

  show(name: MarkName, shown: boolean): void {
    this.#of[name].visible = shown;
  }

  shown(name: MarkName): boolean {
    return this.#of[name].visible;
  }

  /** Puts the dimensions on the sides that are turned to the eye. */
  face(eye: Readonly<Vector3>): void {
    const { min, max } = this.box;
    const right = eye.x >= (min.x + max.x) / 2;
    const front = eye.z >= (min.z + max.z) / 2;
    const side = `${String(right)}${String(front)}`;
    if (side === this.#side) return;
    this.#side = side;
    const long = Math.max(max.x - min.x, max.y - min.y, max.z - min.z);
    const [off, tick] = [OFFSET * long, TICK * long];
    const x = right ? max.x + off : min.x - off;
    const z = front ? max.z + off : min.z - off;
    // Height stands where the outline of the thing is, beside its width.
    const hx = right ? min.x - off : max.x + off;
    const hz = front ? max.z : min.z;
    const drawn = [
      [min.x, min.y, z], [max.x, min.y, z],
      [min.x, min.y, z - tick], [min.x, min.y, z + tick],
      [max.x, min.y, z - tick], [max.x, min.y, z + tick],
      [hx, min.y, hz], [hx, max.y, hz],
      [hx - tick, min.y, hz], [hx + tick, min.y, hz],
      [hx - tick, max.y, hz], [hx + tick, max.y, hz],
      [x, min.y, min.z], [x, min.y, max.z],
      [x - tick, min.y, min.z], [x + tick, min.y, min.z],
      [x - tick, min.y, max.z], [x + tick, min.y, max.z],
    ];
    this.#of.dimensions.geometry.setAttribute("position", new Float32BufferAttribute(drawn.flat(), 3));
    this.ends[0].set((min.x + max.x) / 2, min.y, z);
    this.ends[1].set(hx, (min.y + max.y) / 2, hz);
    this.ends[2].set(x, min.y, (min.z + max.z) / 2);
  }

  dispose(): void {
    for (const { geometry, material } of Object.values(this.#of)) {
      geometry.dispose();
      (material as LineBasicMaterial).dispose();
    }
  }
}

function lines(color: number, points: readonly (readonly number[])[] = []): LineSegments {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new Float32BufferAttribute(points.flat(), 3));
  const drawn = new LineSegments(geometry, new LineBasicMaterial({ color, toneMapped: false }));
  drawn.frustumCulled = false;
  return drawn;
}

function rectangle(y: number, [x0, x1]: [number, number], [z0, z1]: [number, number]): number[][] {
  const corners = [[x0, y, z0], [x1, y, z0], [x1, y, z1], [x0, y, z1]];
  return corners.flatMap((corner, n) => [corner, corners[(n + 1) % 4] ?? corner]);
}

function ring([x, y, z]: readonly [number, number, number], radius: number): number[][] {
  const at = (n: number): number[] => {
    const angle = (n / ROUND) * 2 * Math.PI;
    return [x + radius * Math.cos(angle), y, z + radius * Math.sin(angle)];
  };
  return Array.from({ length: ROUND }, (_, n) => [at(n), at(n + 1)]).flat();
}
