import { Vector3 } from "three";
import type { Interaction } from "../act/interaction";
import { reachOrder } from "../act/order";
import type { BothHands } from "../act/both-hands";
import type { Placing } from "../act/placing";
import type { Reach } from "../act/reach";
import type { SceneSpec, Snapshot } from "../contract";
import type { UiPort } from "../ui-port";
import type { Player } from "../view/player";

const STEP = 0.02;
const COARSE = 5;

interface Parts {
  scene: SceneSpec;
  ui: UiPort;
  interaction: Interaction;
  hands: BothHands;
  reach: Reach;
  placing: Placing;
  player: Player;
  snapshot: () => Snapshot;
  goTo: (station: string) => void;
  snapTurn: (direction: -1 | 1) => void;
}

/**
 * The keyboard alone: everything within reach is a real button in a list that only assistive technology and the focus
 * see, in a sensible order; Tab walks it, Enter acts, the menu key or M shows the rest, digits go to stations.
 */
export class KeyboardRoute {
  readonly list = document.createElement("ul");
  #focused: string | null = null;
  readonly #palm = new Vector3();

  constructor(private readonly parts: Parts) {
    this.list.className = "reach-list";
    this.list.setAttribute("role", "list");
    addEventListener("keydown", (event) => { this.#key(event); }, { capture: true });
  }

  /** The thing that has the focus, which the scene lights up. */
  get focused(): string | null {
    return this.#focused;
  }

  focus(id: string): void {
    this.#button(id)?.focus({ preventScroll: true });
  }

  /** Brings the list in line with what is offered; the focus stays where it was if that is still there. */
  update(): void {
    const { interaction, scene } = this.parts;
    const snapshot = this.parts.snapshot();
    const order = reachOrder(snapshot, scene);
    const wanted = new Set(order);
    const had = this.#focused;
    let next: string | null = null;
    if (had !== null && !wanted.has(had)) next = this.#neighbour(had, wanted);
    for (const item of [...this.list.children]) if (!wanted.has((item as HTMLElement).dataset["id"] ?? "")) item.remove();
    order.forEach((id, n) => {
      const item = (this.#item(id) ?? this.#make(id)) as HTMLElement;
      const button = item.firstElementChild as HTMLButtonElement;
      const first = interaction.offer(id, null);
      const text = `${interaction.name(id)}. ${first?.why_not ?? first?.label ?? ""}`;
      if (button.textContent !== text) button.textContent = text;
      if (this.list.children[n] !== item) {
        const keeps = document.activeElement === button;
        this.list.insertBefore(item, this.list.children[n] ?? null);
        if (keeps) button.focus({ preventScroll: true });
      }
    });
    if (next !== null) this.focus(next);
  }

  /** When the focused thing is gone, the focus goes to the thing that stood after it, not back to the start. */
  #neighbour(gone: string, wanted: ReadonlySet<string>): string | null {
    const ids = [...this.list.children].map((item) => (item as HTMLElement).dataset["id"] ?? "");
    const at = ids.indexOf(gone);
    return ids.slice(at + 1).find((id) => wanted.has(id)) ?? ids.slice(0, at).reverse().find((id) => wanted.has(id)) ?? null;
  }

  #item(id: string): Element | null {
    return this.list.querySelector(`[data-id="${CSS.escape(id)}"]`);
  }

  #button(id: string): HTMLButtonElement | null {
    return (this.#item(id)?.firstElementChild as HTMLButtonElement | null | undefined) ?? null;
  }

  #make(id: string): HTMLElement {
    const { interaction } = this.parts;
    const item = document.createElement("li");
    item.dataset["id"] = id;
    const button = document.createElement("button");
    button.type = "button";
    button.addEventListener("focus", () => {
      this.#focused = id;
      this.#light(id);
    });
    button.addEventListener("blur", () => {
      if (this.#focused === id) this.#light(null);
      this.#focused = null;
    });
    button.addEventListener("click", () => {
      const target = this.#target(id);
      if (target) interaction.act(target, { device: "keyboard", side: null, alone: true });
    });
    button.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      this.#menu();
    });
    item.append(button);
    return item;
  }

  #target(id: string): Parameters<Interaction["act"]>[0] | null {
    const kind = id.startsWith("surface:") ? "surface" : id.startsWith("hand:") ? "hand" : "item";
    const at = this.parts.reach.partAt(id, null, new Vector3());
    // A surface chosen in words is no spot on it: the spot is worked out, then moved with the arrows.
    return at ? { kind: kind === "surface" ? "item" : kind, id, part: null, at, distance: 0 } : null;
  }

  #light(id: string | null): void {
    const { interaction, player } = this.parts;
    const target = id === null ? null : this.#target(id);
    interaction.show(target, { side: null, alone: true, screen: target ? player.onScreen(target.at) : null });
  }

  #menu(): void {
    if (this.#focused === null) return;
    const target = this.#target(this.#focused);
    if (!target) return;
    const back = this.#focused;
    void this.parts.interaction.menuOf(target, "keyboard").then(() => { this.focus(back); });
  }

  #key(event: KeyboardEvent): void {
    const { ui, placing, scene, player } = this.parts;
    if (event.ctrlKey || event.metaKey || event.altKey || ui.wantsKeys || typing(event.target)) return;
    if (placing.open && this.#place(event)) return;
    const station = Object.entries(scene.stations).find(([, { key }]) => String(key) === event.key);
    const done = (): void => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (station) {
      done();
      this.parts.goTo(station[0]);
    } else if (event.key.startsWith("Arrow") && !isControl(event.target)) {
      done();
      this.#nudge(event);
    } else if (event.key === "PageUp" || event.key === "PageDown") {
      done();
      this.#raise(event.key === "PageUp" ? STEP : -STEP);
    } else if (event.key === "m" || event.key === "M") {
      done();
      this.#menu();
    } else if (event.key === "[" || event.key === "]") {
      done();
      this.parts.snapTurn(event.key === "[" ? -1 : 1);
    } else if (event.key === "Home" && !isControl(event.target)) {
      done();
      player.recentre();
    }
  }

  #place(event: KeyboardEvent): boolean {
    const { placing } = this.parts;
    const [across, ahead] = direction(event.key);
    if (across !== 0 || ahead !== 0) placing.step(across, ahead, event.shiftKey);
    else if (event.key === "Enter") placing.end(true);
    else if (event.key === "Escape") placing.end(false);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #nudge(event: KeyboardEvent): void {
    const { hands, reach } = this.parts;
    const [across, ahead] = direction(event.key);
    const snapshot = this.parts.snapshot();
    const towards = reach.towards(snapshot.station);
    const length = STEP * (event.shiftKey ? COARSE : 1);
    const agent = hands.agents[hands.active];
    this.#palm.copy(agent.position);
    this.#palm.x += (towards.z * across - towards.x * ahead) * length;
    this.#palm.z += (-towards.x * across - towards.z * ahead) * length;
    agent.follow(this.#palm, reach.turn(snapshot.station));
  }

  #raise(by: number): void {
    const { hands, reach } = this.parts;
    const agent = hands.agents[hands.active];
    this.#palm.copy(agent.position);
    this.#palm.y += by;
    agent.follow(this.#palm, reach.turn(this.parts.snapshot().station));
  }
}

function direction(key: string): [across: number, ahead: number] {
  if (key === "ArrowLeft") return [-1, 0];
  if (key === "ArrowRight") return [1, 0];
  if (key === "ArrowUp") return [0, 1];
  if (key === "ArrowDown") return [0, -1];
  return [0, 0];
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Arrow keys belong to menus, sliders and the like; in the reach list and on the picture they move the hand. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target !== document.body && !target.closest(".reach-list") && !(target instanceof HTMLCanvasElement);
}
