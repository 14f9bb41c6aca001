import {
  ACESFilmicToneMapping, Color, CylinderGeometry, DirectionalLight, DoubleSide, Group, HemisphereLight, InstancedMesh, LatheGeometry, Matrix4, Mesh,
  MeshStandardMaterial, PerspectiveCamera, Quaternion, Scene, SphereGeometry, Vector2, Vector3, WebGLRenderer,
} from "three";
import type { Colony } from "./plate-drawing";

/** A settle plate with its dish of 90 mm, radius 1 here: height of the wall and of the agar in it. */
const WALL = 0.33;
const AGAR = 0.12;
/** How high a colony stands, over its radius: it lies flat on the agar. */
const DOME = 0.4;
/** How far the eye is from the dish. */
const AWAY = 4.4;
/** Radians a pixel or an arrow key turns; the least and the most one looks down. */
const PER_PIXEL = 0.01;
const PER_KEY = 0.15;
const TILT = { least: 0.15, most: 1.45 };

/** A grown plate as a thing one can turn, by dragging or the arrow keys. Draws when it is turned, and not else. */
export class Plate3d {
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(30, 1, 0.1, 20);
  private readonly dish = new Group();
  private turn = 0.5;
  private tilt = 0.75;

  constructor(private readonly canvas: HTMLCanvasElement, colonies: readonly Colony[]) {
    this.renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
    this.renderer.toneMapping = ACESFilmicToneMapping;
    const lamp = new DirectionalLight(0xffffff, 2.2);
    lamp.position.set(-1.5, 3, 1);
    this.scene.add(new HemisphereLight(0xffffff, 0xb9b29a, 1.6), lamp, this.dish);
    this.dish.add(...dish(), ...grown(colonies));
    canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); });
    canvas.addEventListener("pointermove", (event) => {
      if (event.buttons & 1) this.move(event.movementX * PER_PIXEL, event.movementY * PER_PIXEL);
    });
    canvas.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-PER_KEY, 0], ArrowRight: [PER_KEY, 0], ArrowUp: [0, -PER_KEY], ArrowDown: [0, PER_KEY] }[event.key];
      if (!step) return;
      event.preventDefault();
      this.move(step[0]!, step[1]!);
    });
    this.draw();
  }

  dispose(): void {
    this.dish.traverse((part) => {
      if (!(part instanceof Mesh)) return;
      (part.geometry as SphereGeometry).dispose();
      (part.material as MeshStandardMaterial).dispose();
    });
    this.renderer.dispose();
  }

  private move(turn: number, tilt: number): void {
    this.turn += turn;
    this.tilt = Math.min(TILT.most, Math.max(TILT.least, this.tilt + tilt));
    this.draw();
  }

  private draw(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / Math.max(1, height);
    this.camera.position.set(0, AWAY * Math.sin(this.tilt), AWAY * Math.cos(this.tilt));
    this.camera.lookAt(0, 0, 0);
    this.camera.updateProjectionMatrix();
    this.dish.rotation.y = this.turn;
    this.renderer.render(this.scene, this.camera);
  }
}

function dish(): Mesh[] {
  const wall = [[0, 0], [0.97, 0], [1, 0.03], [1, WALL], [0.97, WALL], [0.97, 0.04], [0, 0.04]].map(([x, y]) => new Vector2(x, y));
  const plastic = new MeshStandardMaterial({ color: 0xeaf4f8, transparent: true, opacity: 0.28, roughness: 0.15, side: DoubleSide, depthWrite: false });
  const agar = new Mesh(new CylinderGeometry(0.965, 0.965, AGAR - 0.04, 64).translate(0, AGAR / 2 + 0.02, 0), new MeshStandardMaterial({ color: 0xd3b66c, roughness: 0.35 }));
  const glass = new Mesh(new LatheGeometry(wall, 64), plastic);
  glass.renderOrder = 2;
  return [agar, glass];
}

/** The colonies of the drawing, as flat domes of its two colours. */
function grown(colonies: readonly Colony[]): Mesh[] {
  if (colonies.length === 0) return [];
  const half = new SphereGeometry(1, 24, 10, 0, 2 * Math.PI, 0, Math.PI / 2);
  const mesh = new InstancedMesh(half, new MeshStandardMaterial({ roughness: 0.3 }), colonies.length);
  const [matrix, none] = [new Matrix4(), new Quaternion()];
  colonies.forEach(({ x, y, radius, tone }, n) => {
    mesh.setMatrixAt(n, matrix.compose(new Vector3(x, AGAR, y), none, new Vector3(radius, radius * DOME, radius)));
    mesh.setColorAt(n, new Color(tone < 0.5 ? 0xfbf6e6 : 0xe7b94f));
  });
  return [mesh];
}
