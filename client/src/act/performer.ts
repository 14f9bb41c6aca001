import { Vector3 } from "three";
import type { ActionBody, Affordance, AmountSpec, Path, SceneSpec, Side, Snapshot, Vec3 } from "../contract";
import type { Asking, DeviceKind, UiPort } from "../ui-port";
import type { World } from "../world/world";
import type { BothHands } from "./both-hands";
import { freeSpot, standing } from "./free-spot";
import { resampled, type Way, wayPoints } from "./paths";
import type { Placing } from "./placing";
import type { Reach } from "./reach";
import type { Strokes } from "./strokes";

/** Nearer than this a tracked hand is at the thing itself: what it did is done where it is. Metres. */
const AT_HAND = 0.22;
/** Shorter ways than this are no choice of a way. Metres. */
const SHORT = 0.12;

export interface Order {
  target: string;
  affordance: Affordance;
  device: DeviceKind;
  /** Where to put down what is held; asked for or worked out when null. */
  spot: Vector3 | null;
}

export interface Parts {
  scene: SceneSpec;
  world: World;
  ui: UiPort;
  hands: BothHands;
  reach: Reach;
  strokes: Strokes;
  placing: Placing;
  snapshot: () => Snapshot;
  send: (action: ActionBody) => void;
  asking: (target: string, device: DeviceKind) => Asking;
}

/** Turns what a person chose into one action: asks for what it needs, takes the hand there, sends it on arrival. */
export class Performer {
  readonly #goal = new Vector3();
  #order = 0;

  constructor(private readonly parts: Parts) {}

  async perform(order: Order): Promise<void> {
    const { parts } = this;
    const { target, affordance, device } = order;
    if (affordance.why_not !== null) {
      parts.ui.refused(target, affordance.why_not);
      return;
    }
    const number = ++this.#order;
    const extra = await this.#needed(order);
    if (!extra || (number !== this.#order && affordance.needs === null)) return;
    if (affordance.hand) parts.hands.active = affordance.hand;
    const path = extra.action["path"] as Path | undefined;
    const arrived = path && extra.byPattern ? await this.#along(target, affordance, path) : await this.#there(order, extra.spot, extra.chosen);
    if (!arrived) return;
    parts.send({ ...affordance.action, ...extra.action });
    if (device === "keyboard") this.#withdraw(affordance, extra.spot);
  }

  /** What the action still lacks; null when the person thought better of it. */
  async #needed(order: Order): Promise<{ action: Record<string, unknown>; spot: Vector3 | null; byPattern: boolean; chosen?: boolean } | null> {
    const { target, affordance, device } = order;
    const { ui, asking } = this.parts;
    const spec = affordance.spec ?? {};
    const wrap = (field: string, value: unknown): { action: Record<string, unknown>; spot: null; byPattern: boolean } | null =>
      value === null ? null : { action: { [field]: value }, spot: null, byPattern: false };
    switch (affordance.needs) {
      case null:
        return { action: {}, spot: null, byPattern: false };
      case "place":
        return this.#place(order);
      case "amount":
        return wrap("amount", await ui.askAmount(asking(target, device), affordance, spec as AmountSpec));
      case "value":
        return wrap("value", await ui.askValue(asking(target, device), affordance));
      case "choice": {
        const field = affordance.verb === "answer" ? "choice" : "value";
        return wrap(field, await ui.askChoice(asking(target, device), affordance, spec.choices ?? []));
      }
      case "text":
        return wrap("text", await ui.askText(asking(target, device), affordance));
      case "path":
        return this.#path(order);
    }
  }

  async #path({ target, affordance, device }: Order): Promise<{ action: Record<string, unknown>; spot: null; byPattern: boolean } | null> {
    const { ui, asking, strokes } = this.parts;
    const answer = await ui.askPath(asking(target, device), affordance, affordance.spec?.patterns ?? [], device !== "keyboard");
    if (!answer) return null;
    if (answer.kind === "pattern") return { action: { path: answer.path }, spot: null, byPattern: true };
    const drawn = await strokes.draw(target, affordance.hand ?? this.parts.hands.active, asking(target, device));
    return drawn ? { action: { path: drawn }, spot: null, byPattern: false } : null;
  }

  /** Where to put it: the spot pointed at, a container, or a free spot that arrow keys can still change. */
  async #place({ target, affordance, device, spot }: Order): Promise<{ action: Record<string, unknown>; spot: Vector3; byPattern: boolean; chosen?: boolean } | null> {
    const { scene, world, ui, placing, asking, hands } = this.parts;
    const snapshot = this.parts.snapshot();
    const side = affordance.hand ?? hands.active;
    const on = await this.#surface(target, affordance, asking(target, device), ui);
    if (on === null) return null;
    const yaw = scene.stations[snapshot.station]?.yaw ?? 0;
    const surface = scene.surfaces[on];
    if (!surface) {
      const at = world.thing(on)?.position ?? spot ?? new Vector3();
      return { action: { on, pose: pose(at, yaw) }, spot: at.clone(), byPattern: false };
    }
    let at = spot?.clone() ?? null;
    if (!at) {
      const held = snapshot.hands[side].holds;
      const half = standing(world.models.get(snapshot.items[held ?? ""]?.kind ?? ""), yaw);
      const middle: [number, number] = [(surface.x[0] + surface.x[1]) / 2, (surface.z[0] + surface.z[1]) / 2];
      const free: Vec3 | null = freeSpot(on, scene, snapshot, world.models, half, middle, held);
      at = new Vector3(...(free ?? [middle[0], surface.y, middle[1]]));
      if (device === "keyboard") {
        if (!(await this.#there({ target, affordance, device, spot: null }, at))) return null;
        at = await placing.choose(side, surface, at);
        // The way was chosen before; what is left of it is the last steps of the arrow keys.
        return at ? { action: { on, pose: pose(at, yaw) }, spot: at, byPattern: false, chosen: true } : null;
      }
    }
    return { action: { on, pose: pose(at, yaw) }, spot: at, byPattern: false };
  }

  async #surface(target: string, affordance: Affordance, asking: Asking, ui: UiPort): Promise<string | null> {
    const offered = affordance.spec?.surfaces ?? [];
    const pointed = target.replace("surface:", "");
    if (offered.includes(pointed) || offered.length === 0) return pointed;
    if (offered.length === 1) return offered[0] ?? null;
    const name = (id: string): string => this.parts.scene.text[`surface.${id}`] ?? this.parts.snapshot().items[id]?.name ?? id;
    return ui.askChoice(asking, affordance, offered.map((id) => ({ id, label: name(id) })));
  }

  /** Takes the acting hand to where it has to be. False when it was sent elsewhere on the way. */
  async #there({ target, affordance, device }: Order, spot: Vector3 | null, wayChosen = false): Promise<boolean> {
    const { hands, reach, ui, asking } = this.parts;
    const snapshot = this.parts.snapshot();
    const goal = reach.goal(target, affordance, snapshot, spot, this.#goal)?.clone();
    const side = affordance.hand;
    if (!goal || !side) return true;
    const agent = hands.agents[side];
    if (agent.tracked && agent.position.distanceTo(goal) < AT_HAND) return true;
    let way: Way = "direct";
    const carries = snapshot.hands[side].holds !== null;
    if (device === "keyboard" && !wayChosen) {
      way = "around";
      if (carries && reach.overProduct(snapshot) && agent.position.distanceTo(goal) > SHORT) {
        const chosen = await ui.askWay(asking(target, device));
        if (!chosen) return false;
        way = chosen;
      }
    }
    return agent.travel(wayPoints(way, agent.position, goal, reach.towards(snapshot.station)), reach.turn(snapshot.station));
  }

  /** The hand goes along a pattern of strokes chosen in words. */
  async #along(target: string, affordance: Affordance, path: Path): Promise<boolean> {
    const { scene, hands, reach, strokes } = this.parts;
    const snapshot = this.parts.snapshot();
    const side: Side = affordance.hand ?? hands.active;
    const y = scene.surfaces[target.replace("surface:", "")]?.y ?? reach.partAt(target, affordance.part, this.#goal)?.y ?? hands.agents[side].position.y;
    const points: Vector3[] = [];
    for (const stroke of path) {
      for (const [x, z] of resampled(stroke, 0.08)) {
        const point = new Vector3(x, y, z);
        points.push(reach.palmFor(side, snapshot, point, "resting", new Vector3()));
      }
    }
    hands.wiping = true;
    strokes.show(path, y);
    try {
      return await hands.agents[side].travel(points, reach.turn(snapshot.station));
    } finally {
      hands.wiping = false;
      strokes.hide();
    }
  }

  /** By keyboard a hand does not stay over what it worked on: it draws back towards the person. */
  #withdraw(affordance: Affordance, spot: Vector3 | null): void {
    const { hands, reach } = this.parts;
    const snapshot = this.parts.snapshot();
    if (!affordance.hand || !reach.overProduct(snapshot) || spot) return;
    const agent = hands.agents[affordance.hand];
    if (agent.tracked) return;
    const back = agent.position.clone().addScaledVector(reach.towards(snapshot.station), 0.1);
    void agent.travel([back], reach.turn(snapshot.station));
  }
}

function pose(at: Readonly<Vector3>, yaw: number): [number, number, number, number] {
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  return [round(at.x), round(at.y), round(at.z), Math.round(yaw * 10_000) / 10_000];
}
