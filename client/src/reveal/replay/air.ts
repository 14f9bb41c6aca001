import { BufferAttribute, BufferGeometry, Color, CylinderGeometry, DoubleSide, DynamicDrawUsage, Group, LineBasicMaterial, LineSegments, Mesh, MeshBasicMaterial, type Vector3 } from "three";
import type { Severity, Shield } from "../contract";

/** Interior of the cabinet (metres): where the clean air comes down. docs/how/live-session.md, "Space of the filling room". */
const INSIDE = { x: [-0.58, 0.58], y: [0.91, 1.56], z: [-1.78, -1.22] } as const;
const STREAKS = 220;
const LENGTH = 0.05;
/** Around a critical site, what comes down within this distance has passed the obstacle. */
const SHADOW = 0.055;
/** How long broken first air stays drawn after it ended, ticks. */
const LINGER = 20;
const COLUMNS = 4;

const COLOR: Record<Severity | "none", Color> = {
  critical: new Color("#d55e00"),
  major: new Color("#e69f00"),
  minor: new Color("#f0e442"),
  none: new Color("#e69f00"),
};
const CLEAN = new Color("#2a8fd0");

/** The invisible made visible: clean air as fine streaks, and where something stood in it a column down to the open site. */
export class AirView {
  readonly group = new Group();
  readonly active: Shield[] = [];
  /** Downflow, drawn at the speed that the cabinet's display shows, m/s. */
  speed = 0;
  private readonly position = new BufferAttribute(new Float32Array(STREAKS * 6), 3).setUsage(DynamicDrawUsage);
  private readonly color = new BufferAttribute(new Float32Array(STREAKS * 6), 3).setUsage(DynamicDrawUsage);
  private readonly place = new Float32Array(STREAKS * 3);
  private readonly columns: Mesh<CylinderGeometry, MeshBasicMaterial>[] = [];
  private readonly obstacle = new Float32Array(COLUMNS);

  constructor(private readonly shields: readonly Shield[]) {
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", this.position);
    geometry.setAttribute("color", this.color);
    const streaks = new LineSegments(geometry, new LineBasicMaterial({ vertexColors: true, transparent: true, opacity: 0.55, depthWrite: false }));
    streaks.frustumCulled = false;
    streaks.renderOrder = 8;
    this.group.add(streaks);
    for (let i = 0; i < STREAKS; i++) {
      // A fixed scatter (steps of the three-dimensional golden ratio) fills the volume evenly, the same each time.
      const u = (i * 0.8191725) % 1;
      const v = (i * 0.6710436) % 1;
      const w = (i * 0.5497005) % 1;
      this.place[i * 3] = INSIDE.x[0] + u * (INSIDE.x[1] - INSIDE.x[0]);
      this.place[i * 3 + 1] = INSIDE.y[0] + w * (INSIDE.y[1] - INSIDE.y[0]);
      this.place[i * 3 + 2] = INSIDE.z[0] + v * (INSIDE.z[1] - INSIDE.z[0]);
    }
    for (let i = 0; i < COLUMNS; i++) {
      const material = new MeshBasicMaterial({ transparent: true, opacity: 0.4, depthWrite: false, side: DoubleSide });
      const column = new Mesh(new CylinderGeometry(1, 0.45, 1, 24, 1, true), material);
      column.renderOrder = 9;
      column.visible = false;
      this.columns.push(column);
      this.group.add(column);
    }
  }

  /** Draws tick `tick`; `seconds` of air have moved. `find` writes where an obstacle is and says whether it is known. */
  frame(tick: number, seconds: number, find: (id: string, out: Vector3) => boolean, scratch: Vector3): void {
    this.active.length = 0;
    for (const shield of this.shields) {
      if (shield.from_tick <= tick && tick <= shield.to_tick + LINGER && this.active.length < COLUMNS) this.active.push(shield);
    }
    this.drawColumns(tick, find, scratch);
    this.drawStreaks(seconds);
  }

  private drawColumns(tick: number, find: (id: string, out: Vector3) => boolean, scratch: Vector3): void {
    for (let i = 0; i < COLUMNS; i++) {
      const column = this.columns[i]!;
      const shield = this.active[i];
      column.visible = shield !== undefined;
      if (!shield) continue;
      const [x, y, z] = shield.at;
      const top = find(shield.by, scratch) ? Math.max(scratch.y, y + 0.06) : y + 0.25;
      this.obstacle[i] = top;
      const height = top - y;
      column.position.set(x, y + height / 2, z);
      column.scale.set(SHADOW, height, SHADOW);
      column.material.color.copy(COLOR[shield.severity ?? "none"]);
      column.material.opacity = tick <= shield.to_tick ? 0.45 : 0.45 * (1 - (tick - shield.to_tick) / LINGER);
    }
  }

  private drawStreaks(seconds: number): void {
    const at = this.position.array as Float32Array;
    const tint = this.color.array as Float32Array;
    const span = INSIDE.y[1] - INSIDE.y[0];
    for (let i = 0; i < STREAKS; i++) {
      const x = this.place[i * 3]!;
      const z = this.place[i * 3 + 2]!;
      let y = this.place[i * 3 + 1]! - this.speed * seconds;
      while (y < INSIDE.y[0]) y += span;
      while (y > INSIDE.y[1]) y -= span;
      this.place[i * 3 + 1] = y;
      let color = CLEAN;
      for (let k = 0; k < this.active.length; k++) {
        const shield = this.active[k]!;
        const near = Math.hypot(x - shield.at[0], z - shield.at[2]) < SHADOW * 1.6;
        if (near && y < this.obstacle[k]! && y > shield.at[1] - 0.03) color = COLOR[shield.severity ?? "none"];
      }
      const k = i * 6;
      at[k] = x;
      at[k + 1] = y;
      at[k + 2] = z;
      at[k + 3] = x;
      at[k + 4] = y + LENGTH;
      at[k + 5] = z;
      tint[k] = tint[k + 3] = color.r;
      tint[k + 1] = tint[k + 4] = color.g;
      tint[k + 2] = tint[k + 5] = color.b;
    }
    this.position.needsUpdate = true;
    this.color.needsUpdate = true;
  }
}
