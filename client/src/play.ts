import { Group, type Matrix4, Vector3 } from "three";
import { BothHands } from "./act/both-hands";
import { cueOf } from "./act/cue";
import { Interaction } from "./act/interaction";
import { Performer } from "./act/performer";
import { Picker } from "./act/picker";
import { Placing } from "./act/placing";
import { Reach } from "./act/reach";
import { Strokes } from "./act/strokes";
import { LiveAir } from "./air/live-air";
import type { ActionBody, Side, Snapshot, Welcome } from "./contract";
import { KeyboardRoute } from "./input/keyboard";
import { PanelPointers } from "./input/panels";
import { ScreenPointer } from "./input/screen";
import { LiveSession } from "./session/live";
import { exposeForTests } from "./test-hook";
import type { Asking, DeviceKind, UiHost, UiPort } from "./ui-port";
import type { SettingsStore } from "./ui/settings";
import { LiveUv } from "./uv/live-uv";
import { Headset } from "./view/headset";
import { Player } from "./view/player";
import { createStage, type Stage } from "./world/stage";
import { World } from "./world/world";

/** Everything that exists once the server has sent the scene. */
interface Standing {
  world: World;
  player: Player;
  hands: BothHands;
  reach: Reach;
  strokes: Strokes;
  interaction: Interaction;
  performer: Performer;
  screen: ScreenPointer;
  keyboard: KeyboardRoute;
  headset: Headset;
  air: LiveAir;
  uv: LiveUv;
}

/** One session on one page. */
export class Play {
  readonly live: LiveSession;
  readonly panels = new Group();
  readonly #stage: Stage;
  #standing: Standing | null = null;
  #lastTick = -1;
  #frames = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly root: HTMLElement,
    private readonly ui: UiPort,
    private readonly settings: SettingsStore,
  ) {
    this.#stage = createStage(canvas);
    const id = location.pathname.split("/").filter(Boolean).pop() ?? "";
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.live = new LiveSession(`${scheme}://${location.host}/live/${id}`, location.hash.slice(1), {
      welcome: (welcome, first) => { if (first) void this.#build(welcome); },
      updated: (changed, items, events) => {
        this.#standing?.world.apply(this.live.store.snapshot, items);
        if (changed.has("station")) this.#stand();
        this.ui.setSnapshot(this.live.store.snapshot, changed);
        this.ui.events(events);
        if (changed.has("panels") || changed.has("items") || changed.has("affordances") || changed.has("station")) this.#cue(this.live.store.snapshot);
        this.#standing?.interaction.settle();
        if (changed.has("affordances") || changed.has("items") || changed.has("station")) this.#standing?.keyboard.update();
      },
      refused: (message, action) => { this.ui.refused(message.item ?? targetOf(action) ?? "", message.why); },
      bad: (error) => { this.ui.caption(`${error.what} (${error.where}). ${error.fix}`); },
      lying: (faces) => {
        this.#standing?.uv.told(faces);
        this.ui.lying(this.#standing?.uv.faces ?? []);
      },
      outcome: (url) => { this.ui.finished(url); },
      connection: (state, detail) => { this.ui.setConnection(state, detail); },
    });
  }

  open(): void {
    document.addEventListener("visibilitychange", () => { this.live.hidden(document.hidden && !this.#stage.renderer.xr.isPresenting); });
    addEventListener("online", () => { this.live.check(); });
    const stretch = (): void => { this.live.clock.stretch(this.#stretch(), performance.now()); };
    stretch();
    this.settings.subscribe(stretch);
    this.#stage.renderer.xr.addEventListener("sessionstart", stretch);
    this.#stage.renderer.xr.addEventListener("sessionend", stretch);
    this.live.open();
  }

  /** Real hands move in real time: more of it is given on a screen only (docs/decisions/0005). */
  #stretch(): number {
    return this.#stage.renderer.xr.isPresenting ? 1 : this.settings.value.stretch;
  }

  async #build(welcome: Welcome): Promise<void> {
    const { scene } = welcome;
    const { ui, settings } = this;
    const stage = this.#stage;
    const snapshot = (): typeof this.live.store.snapshot => this.live.store.snapshot;
    const world = await World.load(scene);
    const player = new Player(stage.rig, stage.camera, stage.renderer, scene, () => settings.value.seated);
    const reach = new Reach(world, scene);
    const hands = new BothHands(world, reach);
    const strokes = new Strokes(scene, hands, ui);
    const placing = new Placing(hands, reach, ui, snapshot);
    const picker = new Picker(world, scene);
    const send = (action: ActionBody): void => { this.live.act(action); };
    const asking = (target: string, device: DeviceKind): Asking => this.#asking(target, device);
    const performer = new Performer({ scene, world, ui, hands, reach, strokes, placing, snapshot, send, asking });
    const panels = new PanelPointers(this.panels);
    const preferred = (): Side => (settings.value.leftHanded ? "left" : "right");
    const goTo = (station: string): void => { this.#goTo(station); };
    const interaction = new Interaction({
      scene, world, ui, hands, reach, picker, strokes, performer, panels, snapshot, preferred, goTo, asking,
    });
    const screen = new ScreenPointer(this.canvas, stage.camera, player, interaction, hands, strokes, panels, () => ui.asking);
    const keyboard = new KeyboardRoute({
      scene, ui, interaction, hands, reach, placing, player, snapshot, goTo,
      snapTurn: (direction) => { player.snapTurn(direction, settings.value.snapTurn); },
    });
    const headset = new Headset({
      stage, hands, interaction, reach, strokes, panels, player, ui, settings, scene, snapshot, goTo, woken: () => { this.live.check(); },
    });
    hands.active = preferred();
    stage.scene.add(world.group, strokes.trail, this.panels);
    this.root.insertBefore(keyboard.list, this.canvas.nextSibling);
    const air = new LiveAir(world, scene, stage.scene);
    const uv = new LiveUv(world, () => { this.live.look(); });
    this.#standing = { world, player, hands, reach, strokes, interaction, performer, screen, keyboard, headset, air, uv };
    await headset.detect();
    const show = (): void => { world.show({ calm: settings.value.reducedMotion, contrast: settings.value.contrast }); };
    show();
    settings.subscribe(show);
    world.apply(snapshot(), Object.keys(snapshot().items));
    this.#cue(snapshot());
    this.#stand();
    await stage.renderer.compileAsync(stage.scene, stage.camera);
    ui.begin(this.#host(welcome));
    keyboard.update();
    exposeForTests(this.#stage, this.#standing, this.live, () => this.#frames);
    this.live.ready();
    stage.run((seconds, now) => { this.#frame(seconds, now); });
  }

  #frame(seconds: number, now: number): void {
    const standing = this.#standing;
    if (!standing) return;
    const { world, player, hands, screen, headset, air, uv } = standing;
    const { snapshot } = this.live.store;
    player.frame();
    headset.frame(seconds);
    screen.frame();
    hands.frame(seconds, snapshot, this.#stretch(), player.headPosition, player.headTurn);
    world.frame(seconds);
    air.frame(seconds / this.#stretch(), snapshot, hands.active, this.settings.value.reducedMotion);
    uv.frame(seconds);
    this.#stage.darken(world.dusk);
    this.ui.frame(seconds);
    this.live.watch();
    const tick = this.live.clock.tick(now);
    if (tick > this.#lastTick) {
      this.#lastTick = tick;
      this.live.pose(hands.poses(player.headPosition, player.headTurn));
    }
    this.#frames += 1;
  }

  /** Guided mode outlines the next thing, and marks the station to go to for it. */
  #cue(snapshot: Snapshot): void {
    const world = this.#standing?.world;
    if (!world) return;
    const { id, station } = cueOf(snapshot, world.scene);
    world.cue(id, station);
  }

  #stand(): void {
    const standing = this.#standing;
    const { station } = this.live.store.snapshot;
    if (!standing || standing.player.station === station) return;
    standing.player.stand(station);
    standing.hands.stand(station);
  }

  #goTo(station: string): void {
    const { snapshot } = this.live.store;
    if (station === snapshot.station) this.#standing?.player.recentre();
    else this.live.act({ verb: "move", station });
  }

  #asking(target: string, device: DeviceKind): Asking {
    const standing = this.#standing;
    const at = standing?.reach.partAt(target, null, new Vector3()) ?? new Vector3();
    return { target, name: standing?.interaction.name(target) ?? target, device, at, screen: standing?.player.onScreen(at) ?? null };
  }

  #host(welcome: Welcome): UiHost {
    const standing = this.#standing;
    if (!standing) throw new Error("the scene has to stand before the interface begins");
    const { world, player, interaction, keyboard, headset, performer, air, uv } = standing;
    const { live, settings } = this;
    return {
      scene: welcome.scene,
      mode: welcome.mode,
      language: welcome.language,
      settings,
      camera: this.#stage.camera,
      panels: this.panels,
      palm: (side: Side) => headset.palm(side),
      snapshot: () => live.store.snapshot,
      itemFrame: (id: string, out: Matrix4) => world.frameOf(id, out),
      screenOf: (id, part) => world.screen(id, part),
      act: (target, affordance, device) => performer.perform({ target, affordance, device, spot: null }),
      send: (action) => { live.act(action as ActionBody); },
      pause: (paused) => { live.pause(paused); },
      focusItem: (id) => {
        const at = standing.reach.partAt(id, null, new Vector3());
        interaction.show(at ? { kind: "item", id, part: null, at, distance: 0 } : null, { side: null, alone: true, screen: at ? player.onScreen(at) : null });
        keyboard.focus(id);
      },
      goTo: (station) => { this.#goTo(station); },
      xrSupported: headset.supported,
      enterVr: () => headset.enter(),
      leaveVr: () => headset.leave(),
      get inVr() {
        return player.inXr;
      },
      get bareHands() {
        return headset.bareHands;
      },
      get air() {
        return air.view;
      },
      showAir: (view) => air.show(view),
      get uv() {
        return uv.on;
      },
      showUv: (on) => { uv.show(on); },
      recentre: () => { player.recentre(); },
      snapTurn: (direction) => { player.snapTurn(direction, settings.value.snapTurn); },
      roundTrip: () => live.roundTrip,
    };
  }
}

/** The thing an action was about, as it names it. */
function targetOf(action: Record<string, unknown> | null): string | null {
  for (const field of ["target", "item", "on", "hand"]) {
    const value = action?.[field];
    if (typeof value === "string") return field === "hand" ? `hand:${value}` : value;
  }
  return null;
}
