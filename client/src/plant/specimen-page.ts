/** The page of one kind: the server's words stay; a picture that can be turned takes the place of the words beside them. */
import { Raycaster, Vector2, Vector3 } from "three";
import { h } from "../ui/dom";
import { SettingsStore } from "../ui/settings";
import { loadModel, modelReader } from "../world/model";
import { createStage, type Stage } from "../world/stage";
import type { Drawing, PartName } from "./contract";
import { Marks, type MarkName } from "./marks";
import { Orbit } from "./orbit";
import { OwnFloor } from "./own-floor";
import { Specimen } from "./specimen";
import "./specimen.css";
import { words } from "./words";

/** Vertical angle of view, degrees: nearly without perspective, as a drawing is. */
const ANGLE = 30;
const MARKS: readonly MarkName[] = ["dimensions", "surfaces", "critical", "sockets"];

const root = document.getElementById("specimen");
if (root) void start(root);

async function start(place: HTMLElement): Promise<void> {
  const language = place.dataset["language"] === "cy" ? "cy" : "en";
  const say = words(language);
  await new SettingsStore().adopt(language);
  const canvas = h("canvas", { tabindex: "0" });
  let stage: Stage;
  try {
    stage = createStage(canvas, { angle: ANGLE, still: true });
  } catch {
    // The words that the server wrote stay where they are.
    document.documentElement.dataset["ready"] = "words";
    return;
  }
  try {
    const answer = await fetch(place.dataset["drawing"] ?? "");
    if (!answer.ok) throw new Error(String(answer.status));
    const drawing = (await answer.json()) as Drawing;
    const [model] = await Promise.all([modelReader().then((load) => loadModel(drawing.kind, drawing.model, load)), document.fonts.ready]);
    show(place, canvas, stage, drawing, new Specimen(model, drawing.title, drawing.names, !drawing.room), say);
  } catch {
    stage.dispose();
    document.documentElement.dataset["ready"] = "words";
  }
}

function show(
  place: HTMLElement, canvas: HTMLCanvasElement, stage: Stage, drawing: Drawing, specimen: Specimen, say: ReturnType<typeof words>,
): void {
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", say.turn.replace("{title}", drawing.title));
  const tag = h("span", { class: "specimen-tag", "aria-hidden": "true" });
  tag.hidden = true;
  const sizes = drawing.labels.map((text) => h("span", { class: "specimen-size", "aria-hidden": "true" }, `${text} ${drawing.unit}`));
  const missing = specimen.model.standIn ? h("p", { class: "specimen-missing", role: "status" }, say.missing) : null;
  place.replaceChildren(canvas, ...sizes, tag, ...(missing ? [missing] : []));

  const { model } = specimen;
  const marks = new Marks(drawing, model.box);
  stage.scene.add(specimen.group, marks.group);
  const orbit = new Orbit(canvas, stage.camera);
  const frame = (): void => { orbit.frame(model.box.getCenter(new Vector3()), model.size.length() / 2); };
  new ResizeObserver(() => { orbit.near(1); }).observe(canvas);

  // ---- parts by name: what is pointed at, else what was chosen in the list
  let chosen: PartName | null = null;
  let pointed: PartName | null = null;
  const buttons = new Map<string, HTMLButtonElement>();
  const light = (): void => {
    const name = pointed ?? chosen;
    specimen.light(name);
    tag.textContent = name?.text ?? "";
    for (const [id, button] of buttons) button.setAttribute("aria-pressed", String(id === chosen?.id));
    orbit.changed = true;
  };
  for (const item of document.querySelectorAll<HTMLElement>("[data-name]")) {
    const name = drawing.names.find(({ id }) => id === item.dataset["name"]);
    if (!name) continue;
    const point = (to: PartName | null) => (): void => {
      pointed = to;
      light();
    };
    const button = h("button", {
      type: "button", "aria-pressed": "false", onpointerenter: point(name), onpointerleave: point(null),
      onclick: () => {
        chosen = chosen === name ? null : name;
        light();
      },
    }, name.text);
    buttons.set(name.id, button);
    item.replaceChildren(button);
  }
  const caster = new Raycaster();
  const ndc = new Vector2();
  let asked: PointerEvent | null = null;
  canvas.addEventListener("pointermove", (event) => { if (event.buttons === 0) asked = event; });
  canvas.addEventListener("pointerleave", () => {
    asked = null;
    if (pointed) {
      pointed = null;
      light();
    }
  });
  canvas.addEventListener("pointerup", (event) => {
    if (orbit.dragged) return;
    chosen = meet(event);
    light();
    if (chosen) buttons.get(chosen.id)?.scrollIntoView({ block: "nearest" });
  });
  function meet(event: PointerEvent): PartName | null {
    const box = canvas.getBoundingClientRect();
    ndc.set(((event.clientX - box.left) / box.width) * 2 - 1, 1 - ((event.clientY - box.top) / box.height) * 2);
    caster.setFromCamera(ndc, stage.camera);
    return specimen.meet(caster);
  }

  // ---- what is shown beside the thing itself
  const panel = document.querySelector<HTMLElement>(".specimen-shown");
  for (const name of MARKS) {
    const box = panel?.querySelector<HTMLInputElement>(`input[name=${name}]`) ?? null;
    marks.show(name, box?.checked ?? false);
    box?.addEventListener("change", () => {
      marks.show(name, box.checked);
      orbit.changed = true;
    });
  }
  for (const hidden of document.querySelectorAll<HTMLElement>(".specimen-shown, .specimen-help")) hidden.hidden = false;
  const floor = new OwnFloor(stage, specimen.group, model, () => {
    marks.group.visible = true;
    frame();
  });
  void floor.detect().then((offered) => {
    if (!offered) return;
    const button = h("button", { type: "button", class: "button", title: say.floorHelp, onclick: () => {
      marks.group.visible = false;
      void floor.enter();
    } }, say.floor);
    panel?.querySelector(".specimen-do")?.append(button);
  });

  // ---- words over the picture
  const at = new Vector3();
  const write = (element: HTMLElement, point: Vector3, shown: boolean): void => {
    at.copy(point).project(stage.camera);
    element.hidden = !shown || at.z > 1;
    element.style.left = `${50 * (at.x + 1)}%`;
    element.style.top = `${50 * (1 - at.y)}%`;
  };
  frame();
  let drawn = 0;
  stage.run(() => {
    if (floor.active) return floor.frame();
    if (asked) {
      const found = meet(asked);
      asked = null;
      if (found !== pointed) {
        pointed = found;
        light();
      }
    }
    if (!orbit.changed) return false;
    orbit.changed = false;
    marks.face(stage.camera.position);
    sizes.forEach((element, n) => { write(element, marks.ends[n] ?? at, marks.shown("dimensions")); });
    const name = pointed ?? chosen;
    tag.hidden = name === null;
    if (name) write(tag, specimen.at(name, at.clone()), true);
    drawn += 1;
    place.dataset["drawn"] = String(drawn);
    return true;
  });
  Object.defineProperty(window, "specimen", { value: Object.freeze({
    get triangles() { return stage.renderer.info.render.triangles; },
    get calls() { return stage.renderer.info.render.calls; },
    get lit() { return (pointed ?? chosen)?.id ?? null; },
    get camera() { return stage.camera.position.toArray(); },
    get standIn() { return model.standIn; },
    get onFloor() { return floor.active; },
    get placed() { return floor.active ? specimen.group.getWorldPosition(at).toArray() : null; },
  }) });
  document.documentElement.dataset["ready"] = "specimen";
}
