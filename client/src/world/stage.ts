import {
  ACESFilmicToneMapping, Color, DirectionalLight, Group, HemisphereLight, PerspectiveCamera, Scene, Timer, WebGLRenderer,
} from "three";
import { cleanroomEnvironment } from "./environment";

export interface Stage {
  readonly renderer: WebGLRenderer;
  readonly scene: Scene;
  readonly camera: PerspectiveCamera;
  /** The floor the viewer stands on: the camera and tracked hands are its children. */
  readonly rig: Group;
  /** Calls `step` before every frame, on a screen or in a headset, and draws; where it says false, nothing has changed. */
  run(step: (seconds: number, now: number) => unknown): void;
  /** Darkens what is behind everything: 0 (day) to 1 (ultraviolet light). */
  darken(amount: number): void;
  /** Mixed reality: nothing is drawn behind the things, so that the person's own room is seen there. */
  open(clear: boolean): void;
  dispose(): void;
}


/** Longest step a frame may take, seconds: after a pause nothing jumps. */
const LONGEST = 0.1;
/** Pixels beyond which a screen is drawn more coarsely than it could be. */
const MOST_PIXELS = 2_600_000;

/** Beyond the room: by white light, by ultraviolet. */
const DAY = 0xdfe6e8;
const NIGHT = new Color(0x0a0a12);

/** Share of the pixels in each direction that is drawn where no graphics card does the drawing. */
const COARSE = 0.5;

/**
 * `angle` is the vertical angle of view on a wide screen, degrees. `still`: pictures are few, so that each may have all
 * its pixels however it is drawn. Throws where the browser has no WebGL.
 */
export function createStage(canvas: HTMLCanvasElement, { angle = 62, still = false } = {}): Stage {
  const coarse = !still && drawsInSoftware();
  const renderer = new WebGLRenderer({ canvas, alpha: true, antialias: !coarse, powerPreference: "high-performance" });
  if (coarse) renderer.xr.setFramebufferScaleFactor(COARSE);
  renderer.toneMapping = ACESFilmicToneMapping;
  renderer.toneMappingExposure = 0.82;
  renderer.xr.enabled = true;
  renderer.xr.setReferenceSpaceType("local-floor");
  const scene = new Scene();
  const background = new Color(DAY);
  scene.background = background;
  scene.environment = cleanroomEnvironment(renderer);
  scene.environmentIntensity = 0.85;
  const sun = new DirectionalLight(0xffffff, 1.1);
  sun.position.set(0.6, 3, 1.4);
  scene.add(sun, new HemisphereLight(0xffffff, 0xc8d2d6, 0.35));
  const rig = new Group();
  const camera = new PerspectiveCamera(angle, 1, 0.05, 20);
  rig.add(camera);
  scene.add(rig);

  const resize = (): void => {
    if (renderer.xr.isPresenting) return;
    const width = canvas.clientWidth || window.innerWidth;
    const height = canvas.clientHeight || window.innerHeight;
    const ratio = Math.min(window.devicePixelRatio, 2, Math.sqrt(MOST_PIXELS / Math.max(1, width * height)));
    renderer.setPixelRatio(coarse ? COARSE * ratio : Math.max(1, ratio));
    renderer.setSize(width, height, false);
    camera.aspect = width / Math.max(1, height);
    // A tall narrow screen keeps the width of the work in sight.
    camera.fov = camera.aspect >= 1.2 ? angle : Math.min(angle + 26, (angle * 1.2) / camera.aspect);
    camera.updateProjectionMatrix();
  };
  const observer = new ResizeObserver(resize);
  observer.observe(canvas);
  renderer.xr.addEventListener("sessionend", resize);
  resize();

  const timer = new Timer();
  return {
    renderer, scene, camera, rig,
    run(step) {
      renderer.setAnimationLoop((now) => {
        timer.update(now);
        if (step(Math.min(LONGEST, timer.getDelta()), now) !== false) renderer.render(scene, camera);
      });
    },
    darken(amount) {
      background.set(DAY).lerp(NIGHT, amount);
    },
    open(clear) {
      scene.background = clear ? null : background;
    },
    dispose() {
      renderer.setAnimationLoop(null);
      observer.disconnect();
      scene.environment?.dispose();
      renderer.dispose();
    },
  };
}

/** A machine without a graphics card draws every pixel by its processor: fewer of them keep the hand in step. */
function drawsInSoftware(): boolean {
  const probe = document.createElement("canvas").getContext("webgl2");
  const info = probe?.getExtension("WEBGL_debug_renderer_info");
  const name = info ? String(probe?.getParameter(info.UNMASKED_RENDERER_WEBGL)) : "";
  probe?.getExtension("WEBGL_lose_context")?.loseContext();
  return /swiftshader|llvmpipe|software|basic render/i.test(name);
}
