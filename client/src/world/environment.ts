import {
  BackSide, BoxGeometry, Mesh, MeshBasicMaterial, PMREMGenerator, Scene, type Texture, Vector3, type WebGLRenderer,
} from "three";

/** Luminaires of the ceiling as seen by reflections: x, z, width, depth in metres, brightness. */
const LUMINAIRES: readonly (readonly [number, number, number, number, number])[] = [
  [-1.5, -0.6, 1.2, 0.35, 9],
  [0, -0.6, 1.2, 0.35, 9],
  [1.5, -0.6, 1.2, 0.35, 9],
  [-1.5, 1.0, 1.2, 0.35, 9],
  [0, 1.0, 1.2, 0.35, 9],
  [1.5, 1.0, 1.2, 0.35, 9],
];

/** Where the reflections are seen from: the height of the work. */
const EYE = new Vector3(0, 1.2, 0);

/**
 * What steel and glass reflect: a white room under rows of luminaires, made once. Metals without surroundings look
 * like grey plastic.
 */
export function cleanroomEnvironment(renderer: WebGLRenderer): Texture {
  const scene = new Scene();
  const box = new BoxGeometry();
  const grey = (level: number, side?: typeof BackSide): MeshBasicMaterial => {
    const material = new MeshBasicMaterial(side === undefined ? {} : { side });
    material.color.setScalar(level);
    return material;
  };
  const walls = new Mesh(box, grey(0.72, BackSide));
  walls.scale.set(5, 2.7, 4);
  walls.position.y = 1.35;
  const floor = new Mesh(box, grey(0.34));
  floor.scale.set(5, 0.02, 4);
  // Darker furniture along the walls gives steel something to draw its edges with.
  const bench = new Mesh(box, grey(0.22));
  bench.scale.set(4.6, 0.9, 0.3);
  bench.position.set(0, 0.45, -1.8);
  const side = new Mesh(box, grey(0.3));
  side.scale.set(0.3, 1.2, 3);
  side.position.set(-2.3, 0.6, 0);
  scene.add(walls, floor, bench, side);
  for (const [x, z, width, depth, brightness] of LUMINAIRES) {
    const lamp = new Mesh(box, grey(brightness));
    lamp.scale.set(width, 0.03, depth);
    lamp.position.set(x, 2.66, z);
    scene.add(lamp);
  }
  const generator = new PMREMGenerator(renderer);
  const target = generator.fromScene(scene, 0.03, 0.1, 20, { size: 128, position: EYE });
  generator.dispose();
  box.dispose();
  scene.traverse((object) => {
    if (object instanceof Mesh) (object.material as MeshBasicMaterial).dispose();
  });
  return target.texture;
}
