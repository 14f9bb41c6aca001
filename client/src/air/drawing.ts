import {
  Color, type ColorRepresentation, DynamicDrawUsage, InstancedBufferGeometry, InstancedInterleavedBuffer, InterleavedBufferAttribute,
  BufferAttribute, Mesh, ShaderMaterial,
} from "three";

/** Colours that differ for every kind of sight: clean air, air that was turned aside, what left a glove, a sleeve. */
export const COLORS = { straight: "#0072b2", turned: "#d55e00", glove: "#8a2f77", sleeve: "#00674c" } as const;

/** Pieces that a line of smoke is drawn in between two of its points. */
const PIECES = 3;

/** A strip for each instance, of so many pieces: `position` is the place along it (0 to 1) and across (-1 to 1). */
function strips(buffer: InstancedInterleavedBuffer, views: Record<string, [size: number, from: number]>, count: number, pieces: number): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  const corners = Array.from({ length: pieces + 1 }, (_, n) => [n / pieces, -1, 0, n / pieces, 1, 0]).flat();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(corners), 3));
  geometry.setIndex(Array.from({ length: pieces }, (_, n) => [0, 2, 3, 0, 3, 1].map((corner) => corner + 2 * n)).flat());
  for (const [name, [size, from]] of Object.entries(views)) geometry.setAttribute(name, new InterleavedBufferAttribute(buffer, size, from));
  geometry.instanceCount = count;
  return geometry;
}

function drawn(geometry: InstancedBufferGeometry, colors: readonly [ColorRepresentation, ColorRepresentation], vertexShader: string, fragmentShader: string): Mesh {
  const material = new ShaderMaterial({
    uniforms: { one: { value: new Color(colors[0]) }, other: { value: new Color(colors[1]) } },
    vertexShader, fragmentShader, transparent: true, depthWrite: false, side: 2, toneMapped: false,
  });
  const mesh = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  mesh.renderOrder = 8;
  return mesh;
}

export interface Drawn {
  mesh: Mesh;
  /** Tells the graphics card that the points have changed. */
  changed(): void;
}

/**
 * Lines of smoke in one call: between two points a strip turned to the eye, bent smoothly through their neighbours. `points` is that of `smoke.ts`: four neighbours are four views of the same memory.
 */
export function smokeMesh(points: Float32Array, stride: number): Drawn {
  const buffer = new InstancedInterleavedBuffer(points, stride, 1);
  buffer.setUsage(DynamicDrawUsage);
  const views: Record<string, [number, number]> = {
    before: [4, 0], start: [4, stride], startTurned: [1, stride + 4], end: [4, 2 * stride], endTurned: [1, 2 * stride + 4], after: [4, 3 * stride],
  };
  const mesh = drawn(strips(buffer, views, points.length / stride - 3, PIECES), [COLORS.straight, COLORS.turned], `
    attribute vec4 before, start, end, after;
    attribute float startTurned, endTurned;
    varying float seen, turned, across;
    void main() {
      if (start.w < 0.0 || end.w < 0.0) { gl_Position = vec4(0.0, 0.0, 2.0, 1.0); return; }
      // A curve through the points (Catmull and Rom 1974); at the ends of a line it goes on straight.
      vec3 a = before.w >= 0.0 ? before.xyz : 2.0 * start.xyz - end.xyz;
      vec3 d = after.w >= 0.0 ? after.xyz : 2.0 * end.xyz - start.xyz;
      vec3 m = 0.5 * (end.xyz - a);
      vec3 n = 0.5 * (d - start.xyz);
      vec3 c = end.xyz - start.xyz;
      float s = position.x;
      vec3 here = start.xyz + s * (m + s * (3.0 * c - 2.0 * m - n + s * (m + n - 2.0 * c)));
      vec3 way = m + s * (2.0 * (3.0 * c - 2.0 * m - n) + 3.0 * s * (m + n - 2.0 * c));
      vec4 eye = modelViewMatrix * vec4(here, 1.0);
      vec3 aside = cross(mat3(modelViewMatrix) * way, eye.xyz);
      turned = mix(startTurned, endTurned, s);
      // A line is never thinner than what a screen shows, and wider where the air is not even.
      float width = max(mix(0.0022, 0.0044, turned), -eye.z * 0.0015);
      eye.xyz += normalize(aside + vec3(1e-9)) * width * position.y;
      seen = mix(start.w, end.w, s);
      across = position.y;
      gl_Position = projectionMatrix * eye;
    }`, `
    uniform vec3 one, other;
    varying float seen, turned, across;
    void main() {
      float soft = 1.0 - across * across;
      gl_FragColor = vec4(mix(one, other, smoothstep(0.25, 0.75, turned)), seen * soft * mix(0.85, 0.9, turned));
      if (gl_FragColor.a < 0.01) discard;
      #include <colorspace_fragment>
    }`);
  return { mesh, changed: () => { buffer.needsUpdate = true; } };
}

/** Particles in one call: those of gloves are round, those of sleeves stand on a corner. */
export function particleMesh(points: Float32Array, stride: number): Drawn {
  const buffer = new InstancedInterleavedBuffer(points, stride, 1);
  buffer.setUsage(DynamicDrawUsage);
  const mesh = drawn(strips(buffer, { place: [4, 0], sleeve: [1, 4] }, points.length / stride, 1), [COLORS.glove, COLORS.sleeve], `
    attribute vec4 place;
    attribute float sleeve;
    varying float seen, kind;
    varying vec2 spot;
    void main() {
      if (place.w <= 0.0) { gl_Position = vec4(0.0, 0.0, 2.0, 1.0); return; }
      vec4 eye = modelViewMatrix * vec4(place.xyz, 1.0);
      spot = vec2(position.x * 2.0 - 1.0, position.y);
      eye.xy += spot * max(0.0042, -eye.z * 0.0035);
      seen = place.w;
      kind = sleeve;
      gl_Position = projectionMatrix * eye;
    }`, `
    uniform vec3 one, other;
    varying float seen, kind;
    varying vec2 spot;
    void main() {
      float away = mix(length(spot), abs(spot.x) + abs(spot.y), kind);
      float edge = 1.0 - smoothstep(0.7, 1.0, away);
      gl_FragColor = vec4(mix(one, other, kind), seen * edge);
      if (gl_FragColor.a < 0.02) discard;
      #include <colorspace_fragment>
    }`);
  return { mesh, changed: () => { buffer.needsUpdate = true; } };
}
