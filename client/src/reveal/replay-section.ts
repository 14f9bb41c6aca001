import { clockOfTick, duration } from "../i18n/format";
import { t } from "../i18n/text";
import { fill, h, svg } from "../ui/dom";
import { icon } from "../ui/icons";
import { cameScale, uvScale, worstList } from "../ui/lying";
import type { Replay, Reveal, Shield } from "./contract";
import type { CameraMode, Light, Player } from "./replay/player";
import { fractionOfTick, indexAt, leadIn, marks, neighbour, type Mark } from "./timeline";

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];
const CAMERAS: readonly CameraMode[] = ["shoulder", "free", "first"];

/** The replay's place on the page: a time line that works without 3D, and the room in 3D once somebody asks for it. */
export class ReplaySection {
  readonly element: HTMLElement;
  private readonly stage = h("div", { class: "replay-stage" });
  private readonly controls = h("div", { class: "replay-controls", hidden: true });
  private readonly said = h("div", { class: "replay-said" });
  private readonly scrubber = h("input", { type: "range", min: 0, step: 1, value: 0, class: "scrubber" });
  private readonly legends: Partial<Record<Light, HTMLElement>>;
  private readonly light = h("select", { "aria-label": t("reveal.replay.light") });
  private readonly uvList = h("div", {});
  private readonly time = h("output", { class: "replay-time" });
  private readonly list = h("ol", { class: "moments" });
  private readonly playButton = h("button", { type: "button", class: "button primary icon-only" });
  private readonly bar: HTMLElement;
  private readonly marks: Mark[];
  private readonly ticks: number;
  private player: Player | null = null;
  private opening: Promise<void> | null = null;
  private shownMoment = -2;
  private shownAir = "";

  constructor(private readonly reveal: Reveal, private readonly fetchReplay: () => Promise<Replay>, private readonly name: (id: string) => string) {
    this.ticks = Math.max(1, Math.round(reveal.outcome.seconds * 20));
    this.marks = marks(reveal.timeline, this.ticks);
    const legend = (...parts: HTMLElement[]): HTMLElement => h("div", { class: "replay-light", hidden: true }, ...parts);
    const mark = (): HTMLElement => h("p", { class: "relative-mark" }, t("relative"));
    this.legends = {
      lying: legend(h("div", {}, mark(), uvScale(), h("p", { class: "soft small" }, t("uv.times"))), this.uvList, h("p", { class: "soft small" }, t("uv.honest"))),
      came: legend(h("div", {}, mark(), cameScale()), h("p", { class: "soft small" }, t("reveal.replay.came"))),
    };
    this.scrubber.max = String(this.ticks);
    this.scrubber.setAttribute("aria-label", t("reveal.replay.time"));
    this.scrubber.addEventListener("input", () => this.seek(Number(this.scrubber.value)));
    this.bar = h("div", { class: "scrub" }, this.markRow(), this.scrubber);
    this.element = h(
      "section",
      { class: "reveal-section replay no-print", id: "replay", "aria-labelledby": "replay-title" },
      h("h2", { id: "replay-title" }, t("reveal.replay")),
      h("div", { class: "replay-frame" }, this.stage, ...Object.values(this.legends), this.said, this.bar, this.controls),
      h("details", { class: "more words" }, h("summary", {}, `${t("reveal.replay.words")} (${reveal.timeline.length})`), this.list),
    );
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.drawPoster();
    this.drawMoments();
    this.drawControls();
    this.showTime(0);
  }

  /** Opens the replay where it is needed: one sees the moment come, and there the picture stands. */
  async watch(tick: number): Promise<void> {
    this.element.scrollIntoView({ block: "start" });
    await this.open();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.seek(still ? tick : leadIn(tick));
    this.player?.play(!still, tick);
    this.showPlaying();
    this.scrubber.focus({ preventScroll: true });
  }

  private open(): Promise<void> {
    this.opening ??= this.build();
    return this.opening;
  }

  private async build(): Promise<void> {
    fill(this.stage, h("p", { class: "replay-wait", role: "status" }, t("reveal.replay.loading")));
    try {
      const [replay, { Player }] = await Promise.all([this.fetchReplay(), import("./replay/player")]);
      const canvas = h("canvas", { class: "replay-canvas", tabindex: 0, role: "img", "aria-label": t("reveal.replay") });
      fill(this.stage, canvas);
      this.things = replay.snapshot.items;
      this.player = await Player.open(canvas, replay, this.reveal.exposure ?? null, { tick: (tick) => this.showTime(tick), ended: () => this.showPlaying(), air: (shields) => this.showAir(shields), lying: (faces, snapshot) => fill(this.uvList, worstList(faces, replay.scene, snapshot)) });
      fill(this.light, ...this.player.lights.map((light) => h("option", { value: light }, t(`reveal.replay.light.${light}`))));
      this.player.seek(Number(this.scrubber.value));
      this.controls.hidden = false;
    } catch {
      fill(this.stage, h("p", { class: "replay-wait" }, t("reveal.replay.failed")));
      this.element.querySelector("details")?.setAttribute("open", "");
    }
  }

  private drawPoster(): void {
    fill(this.stage, h("button", { type: "button", class: "button large primary", onclick: () => void this.open().then(() => this.toggle()) }, icon("play"), t("reveal.replay.open")));
  }

  private seek(tick: number): void {
    this.player?.seek(tick);
    this.showTime(tick);
  }

  private toggle(): void {
    this.player?.play(!this.player.playing);
    this.showPlaying();
  }

  private showPlaying(): void {
    const playing = this.player?.playing ?? false;
    this.playButton.setAttribute("aria-label", t(playing ? "reveal.replay.pause" : "reveal.replay.play"));
    fill(this.playButton, icon(playing ? "pause" : "play"));
  }

  private showTime(tick: number): void {
    const whole = Math.round(tick);
    if (this.scrubber.valueAsNumber !== whole) this.scrubber.value = String(whole);
    this.scrubber.style.setProperty("--at", `${fractionOfTick(whole, this.ticks) * 100}%`);
    const text = `${clockOfTick(whole)} / ${clockOfTick(this.ticks)}`;
    if (this.time.textContent !== text) this.time.textContent = text;
    const index = indexAt(this.reveal.timeline.map((m) => m.tick), whole);
    if (index === this.shownMoment) return;
    this.shownMoment = index;
    const moment = this.reveal.timeline[index];
    this.scrubber.setAttribute("aria-valuetext", `${clockOfTick(whole)}${moment ? `, ${moment.text}` : ""}`);
    this.list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    this.list.children[index]?.setAttribute("aria-current", "true");
    this.showSaid();
  }

  private air: readonly Shield[] = [];
  private things: Replay["snapshot"]["items"] = {};

  private called(id: string): string {
    return this.things[id]?.name ?? this.name(id);
  }

  private showAir(shields: readonly Shield[]): void {
    const key = shields.map((s) => `${s.item}${s.by}${s.from_tick}`).join();
    if (key === this.shownAir) return;
    this.shownAir = key;
    this.air = [...shields];
    this.showSaid();
  }

  private showSaid(): void {
    const moment = this.reveal.timeline[this.shownMoment];
    fill(
      this.said,
      ...this.air.map((shield) =>
        h("p", { class: `air-note ${shield.severity ?? ""}` }, t("reveal.replay.shield", { by: this.called(shield.by), item: this.called(shield.item), seconds: duration((shield.to_tick - shield.from_tick) / 20) })),
      ),
      moment ? h("p", { class: `moment-note ${moment.severity ?? ""}` }, h("span", { class: "soft" }, `${clockOfTick(moment.tick)} `), moment.text) : null,
    );
  }

  private markRow(): SVGSVGElement {
    return svg(
      "svg",
      { class: "marks", width: "100%", height: 20, "aria-hidden": "true" },
      ...this.marks.map((mark) => {
        const group = svg("g", { class: `mark ${mark.severity ?? ""}`, onclick: () => this.seek(leadIn(mark.tick)) }, svg("title", {}, `${clockOfTick(mark.tick)} ${mark.texts.join("; ")}`));
        const x = `${fractionOfTick(mark.tick, this.ticks) * 100}%`;
        group.append(svg("svg", { x, y: 0, overflow: "visible" }, svg("path", { d: "M-6 2h12l-6 14z" })));
        return group;
      }),
    );
  }

  private drawMoments(): void {
    fill(
      this.list,
      ...this.reveal.timeline.map((moment) =>
        h(
          "li",
          { class: moment.severity ?? "" },
          h("button", { type: "button", class: "moment", onclick: () => void this.watch(moment.tick) }, h("span", { class: "moment-time" }, clockOfTick(moment.tick)), moment.severity ? h("span", { class: `badge ${moment.severity}` }, t(`reveal.severity.${moment.severity}`)) : null, h("span", {}, moment.text)),
        ),
      ),
    );
  }

  private drawControls(): void {
    this.playButton.addEventListener("click", () => this.toggle());
    this.showPlaying();
    const step = (direction: 1 | -1): void => {
      const mark = neighbour(this.marks, this.player?.tick ?? 0, direction);
      if (mark) this.seek(leadIn(mark.tick));
    };
    const speed = h("select", { "aria-label": t("reveal.replay.speed") }, ...SPEEDS.map((s) => h("option", { value: s, selected: s === 1 }, `${s}×`)));
    speed.addEventListener("change", () => this.player?.setSpeed(Number(speed.value)));
    const camera = h("select", { "aria-label": t("reveal.replay.camera") }, ...CAMERAS.map((mode) => h("option", { value: mode }, t(`reveal.replay.${mode}`))));
    camera.addEventListener("change", () => this.player?.setCamera(camera.value as CameraMode));
    this.light.addEventListener("change", () => this.showBy(this.light.value as Light));
    const toggle = (label: string, change: (on: boolean) => void): HTMLElement => {
      const box = h("input", { type: "checkbox", checked: true });
      box.addEventListener("change", () => change(box.checked));
      return h("label", { class: "check" }, box, label);
    };
    fill(
      this.controls,
      h("button", { type: "button", class: "button icon-only", "aria-label": `${t("reveal.replay.marks")} −`, onclick: () => step(-1) }, icon("previous")),
      this.playButton,
      h("button", { type: "button", class: "button icon-only", "aria-label": `${t("reveal.replay.marks")} +`, onclick: () => step(1) }, icon("next")),
      this.time,
      speed,
      camera,
      toggle(t("reveal.replay.air"), (on) => this.player?.showAir(on)),
      toggle(t("reveal.replay.trails"), (on) => this.player?.showTrails(on)),
      this.light,
      h("p", { class: "soft small keys" }, t("reveal.replay.keys")),
    );
  }

  private showBy(light: Light): void {
    for (const [name, legend] of Object.entries(this.legends)) legend.hidden = name !== light;
    this.player?.showBy(light);
  }

  /** The next light in the list, and after the last the first again. */
  private turnLight(): void {
    this.light.selectedIndex = (this.light.selectedIndex + 1) % Math.max(1, this.light.options.length);
    this.showBy(this.light.value as Light);
  }

  private onKey(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (!this.player || ["SELECT", "SUMMARY"].includes(target.tagName)) return;
    const onButton = target.tagName === "BUTTON";
    const inScene = target.tagName === "CANVAS" && this.player.camera === "free";
    const second = event.shiftKey ? 200 : 20;
    const keys: Record<string, (() => void) | undefined> = {
      " ": onButton || target.tagName === "INPUT" && target !== this.scrubber ? undefined : () => this.toggle(),
      ArrowLeft: inScene ? undefined : () => this.seek(Math.max(0, (this.player?.tick ?? 0) - second)),
      ArrowRight: inScene ? undefined : () => this.seek(Math.min(this.ticks, (this.player?.tick ?? 0) + second)),
      u: () => this.turnLight(),
      n: () => this.jump(1),
      p: () => this.jump(-1),
    };
    const run = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!run) return;
    event.preventDefault();
    run();
  }

  private jump(direction: 1 | -1): void {
    const mark = neighbour(this.marks, this.player?.tick ?? 0, direction);
    if (mark) this.seek(leadIn(mark.tick));
  }
}
