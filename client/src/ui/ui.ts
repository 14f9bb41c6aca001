import "./play.css";
import type { Face, SessionEvent, Side, Snapshot } from "../contract";
import type { Connection, Reachable, UiHost, UiPort } from "../ui-port";
import { t } from "../i18n/text";
import { askChoice } from "./ask";
import { say } from "./announce";
import { Coach } from "./coach";
import { openDecisions } from "./decide";
import { Dock, type Drawer } from "./dock";
import { fill, h } from "./dom";
import { Drawers } from "./drawers";
import { Guide } from "./guide";
import { targetName } from "./names";
import { NetNotice } from "./net-notice";
import { Questions } from "./questions";
import { Bubble, Captions, NameTag } from "./said";
import type { SceneUi } from "./scene/scene-ui";
import type { SettingsStore } from "./settings";
import { askFinish, openHelp, openPause } from "./sheets";
import { openSettings } from "./settings-sheet";
import { shortcut } from "./shortcuts";
import { Sounds } from "./sound";
import { TopBar } from "./top-bar";
import { Unseen } from "./unseen";

const SELF_RATING = "self-rating";

/** Everything a person reads and presses as text, over the scene and (from its own chunk) in the scene. */
export class Ui implements UiPort {
  private readonly dialogs = h("div", { class: "dialogs" });
  private readonly captions: Captions;
  private readonly bubble: Bubble;
  private readonly tag = new NameTag();
  private readonly net = new NetNotice();
  private readonly guide = new Guide();
  private readonly coach: Coach;
  private readonly questions: Questions;
  private readonly sounds: Sounds;
  private host: UiHost | null = null;
  private bar: TopBar | null = null;
  private dock: Dock | null = null;
  private drawers: Drawers | null = null;
  private unseen: Unseen | null = null;
  private inScene: SceneUi | null = null;
  private readonly answered = new Set<string>();
  private bubbleTarget: string | null = null;
  private builtIn = "";

  constructor(private readonly root: HTMLElement, private readonly settings: SettingsStore) {
    root.classList.add("ui");
    this.captions = new Captions(() => settings.value);
    this.bubble = new Bubble(() => settings.value);
    this.questions = new Questions(root, this.dialogs, () => this.sceneFor(), () => {
      this.tag.show(null, null);
      this.bubble.hide();
    });
    this.sounds = new Sounds(settings.value.sound);
    this.coach = new Coach(() => void settings.set({ coached: true }));
    fill(root, this.net.element, h("p", { class: "waiting panel", role: "status" }, t("net.building")));
  }

  begin(host: UiHost): void {
    this.host = this.questions.host = host;
    const { language } = host;
    const known = language === "en" || language === "cy";
    if (known && language !== this.settings.value.language) void this.settings.adopt(language).then(() => this.begun(host));
    else this.begun(host);
  }

  private begun(host: UiHost): void {
    this.build(host);
    this.settings.subscribe((value) => {
      this.sounds.setOn(value.sound);
      if (document.documentElement.lang !== this.builtIn) this.build(host);
    });
    addEventListener("keydown", (event) => this.onKey(event));
    if (!this.settings.value.coached) this.coach.start();
    void import("./scene/scene-ui").then(({ SceneUi }) => {
      this.inScene = new SceneUi(host, this.captions, {
        finish: () => void this.finish(),
        settings: this.settings,
        unseen: () => this.unseen,
        openDrawer: (which) => {
          if (this.drawers?.open !== which) this.drawers?.toggle(which);
        },
      });
      this.inScene.setSnapshot(host.snapshot());
    });
  }

  /** Lays the overlay out, again when the language changes. */
  private build(host: UiHost): void {
    this.builtIn = document.documentElement.lang;
    this.bar = new TopBar(host, { pause: () => this.pause(), finish: () => void this.finish() });
    this.drawers = new Drawers(host, this.dialogs, (drawer) => this.dock?.setOpen(drawer));
    this.unseen = new Unseen(host, () => this.dock, { caption: (text) => { this.caption(text); }, answer: (text) => { this.tell(text); } });
    this.dock = new Dock(host, this.tools(host), (side, button) => void this.handMenu(side, button));
    fill(
      this.root,
      this.bar.element,
      this.net.element,
      h("div", { class: "notes" }, this.guide.element, this.unseen.air.element, this.unseen.uv.element),
      this.coach.element,
      this.tag.element,
      this.bubble.element,
      this.captions.element,
      this.dock.element,
      this.drawers.element,
      this.dialogs,
      this.captions.live,
      this.bubble.live,
    );
    const snapshot = host.snapshot();
    this.setSnapshot(snapshot, new Set(Object.keys(snapshot) as (keyof Snapshot)[]));
    this.bar.setConnection("live");
    this.unseen.note();
  }

  private tools(host: UiHost): ConstructorParameters<typeof Dock>[1] {
    const drawer = (which: Drawer) => (): void => this.drawers?.toggle(which);
    return [
      { id: "sop", icon: "sop", label: "bar.sop", key: "P", run: drawer("sop") },
      { id: "record", icon: "record", label: "bar.record", key: "R", run: drawer("record") },
      { id: "cabinet", icon: "cabinet", label: "bar.cabinet", key: "C", run: drawer("cabinet") },
      { id: "decide", icon: "check", label: "bar.decide", key: "D", run: drawer("decide") },
      { id: "things", icon: "list", label: "bar.things", key: "T", run: drawer("things") },
      ...(host.mode === "assessment" ? [] : [{ id: "hint", icon: "hint" as const, label: "bar.hint" as const, key: "H", run: () => this.hint() }]),
      { id: "air", icon: "air", label: "bar.air", key: "A", run: () => void this.unseen?.showAir(host.air === null ? "filter" : null) },
      { id: "uv", icon: "uv", label: "bar.uv", key: "U", run: () => this.unseen?.showUv(!host.uv) },
      { id: "settings", icon: "settings", label: "bar.settings", key: null, run: () => this.sheet((closed) => openSettings(this.dialogs, this.settings, closed)) },
      { id: "help", icon: "help", label: "bar.help", key: "F1", run: () => this.sheet((closed) => openHelp(this.dialogs, () => this.coach.start(), closed)) },
      ...(host.xrSupported ? [{ id: "headset", icon: "headset" as const, label: "bar.headset" as const, key: null, run: () => void host.enterVr() }] : []),
    ];
  }

  // ---- truth drawn ----------------------------------------------------------------------------------------------

  setSnapshot(snapshot: Snapshot, changed: ReadonlySet<keyof Snapshot>): void {
    this.bar?.setTime(snapshot);
    if (changed.has("station")) this.bar?.setStation(snapshot.station);
    if (changed.has("hands") || changed.has("items")) this.dock?.setHands(snapshot);
    if (changed.has("panels") || changed.has("step") || changed.has("station")) {
      if (this.host && this.host.mode !== "assessment") this.guide.draw(snapshot, this.host.scene);
      this.sounds.setAir(true);
      this.sounds.setHum(snapshot.panels.cabinet?.running ?? false);
      this.sounds.setAlarm((snapshot.panels.cabinet?.alarm ?? null) !== null);
    }
    if (changed.has("panels")) this.unseen?.tell(snapshot);
    this.drawers?.setSnapshot(snapshot, changed);
    this.inScene?.setSnapshot(snapshot);
    if (changed.has("questions")) {
      this.dock?.setDecisions(openDecisions(snapshot).length);
      this.askNext(snapshot);
    }
  }

  events(events: readonly SessionEvent[]): void {
    if (!this.host) return;
    const answer = (text: string): void => { this.tell(text); };
    for (const event of events) {
      if (event.kind === "moved") this.coach.saw("go");
      else if (event.kind === "item_moved" && event["hand"] !== null) this.coach.saw("act");
      say(event, { host: this.host, sounds: this.sounds, caption: (text) => this.caption(text), answer });
    }
  }

  lying(faces: readonly Face[]): void {
    this.unseen?.lying(faces);
  }

  setConnection(state: Connection, detail?: string): void {
    this.bar?.setConnection(state);
    this.net.show(state, detail ?? null);
  }

  finished(revealUrl: string): void {
    this.sounds.stop();
    // The token travels in the fragment, as it came: a fragment is never sent to a server or written to its log.
    const token = location.hash;
    const target = revealUrl.includes("#") ? revealUrl : revealUrl + token;
    fill(this.dialogs, h("div", { class: "veil" }, h("div", { class: "dialog panel", role: "status" }, h("h2", {}, t("finish.sending")), h("a", { class: "button primary", href: target }, t("finish.ready")))));
    const leave = this.host?.inVr ? this.host.leaveVr() : Promise.resolve();
    void leave.then(() => location.assign(target));
  }

  // ---- questions ------------------------------------------------------------------------------------------------

  readonly showMenu: UiPort["showMenu"] = (asking, affordances) => {
    this.coach.saw("more");
    return this.questions.menu(asking, affordances);
  };

  readonly askAmount: UiPort["askAmount"] = (...asked) => this.questions.amount(...asked);
  readonly askPath: UiPort["askPath"] = (...asked) => this.questions.path(...asked);
  readonly askValue: UiPort["askValue"] = (...asked) => this.questions.value(...asked);
  readonly askChoice: UiPort["askChoice"] = (...asked) => this.questions.choice(...asked);
  readonly askText: UiPort["askText"] = (...asked) => this.questions.text(...asked);
  readonly askWay: UiPort["askWay"] = (asking) => this.questions.way(asking);
  readonly strokes: UiPort["strokes"] = (...drawn) => this.questions.strokes(...drawn);

  // ---- small things said ----------------------------------------------------------------------------------------

  hover(item: Reachable | null, screen: { x: number; y: number } | null): void {
    this.tag.show(this.questions.open > 0 ? null : item, screen);
  }

  caption(text: string): void {
    this.captions.say(text);
    this.inScene?.caption(text);
  }

  /** Said to who asked: in a headset it is shown whether or not captions are. */
  private tell(text: string): void {
    this.captions.say(text);
    this.inScene?.answer(text);
  }

  refused(target: string, why: string): void {
    this.bubbleTarget = target;
    if (this.host?.inVr) this.inScene?.refused(target, why);
    this.bubble.show(why, this.inScene?.screenOf(target) ?? null);
  }

  nudge(direction: -1 | 1, coarse: boolean): void {
    if (this.inScene?.asking) this.inScene.nudge(direction, coarse);
    else this.questions.nudge(direction, coarse);
  }

  openMenu(): void {
    this.inScene?.openMenu();
  }

  frame(seconds: number): void {
    this.inScene?.frame(seconds);
    if (this.bubbleTarget !== null && !this.bubble.element.hidden) this.bubble.place(this.inScene?.screenOf(this.bubbleTarget) ?? null);
  }

  get wantsKeys(): boolean {
    return this.questions.open > 0 || (this.drawers?.hasFocus ?? false);
  }

  get asking(): boolean {
    return this.questions.open > 0 || (this.inScene?.asking ?? false);
  }

  // ---- commands -------------------------------------------------------------------------------------------------

  private sceneFor(): SceneUi | null {
    return this.host?.inVr ? this.inScene : null;
  }

  private sheet(open: (closed: () => void) => void): void {
    void this.questions.held(() => new Promise<void>((resolve) => open(resolve)));
  }

  private hint(): void {
    this.host?.send({ verb: "hint" });
  }

  private pause(): void {
    const { host } = this;
    if (!host || this.questions.open > 0) return;
    host.send({ verb: "pause" });
    host.pause(true);
    this.sheet((closed) =>
      openPause(this.dialogs, () => {
        host.pause(false);
        closed();
      }),
    );
  }

  private async finish(): Promise<void> {
    const { host } = this;
    if (!host || this.questions.open > 0) return;
    const left = host.mode !== "assessment" ? (host.snapshot().panels.sop?.steps.filter((s) => s.state === "now" || s.state === "later").length ?? 0) : 0;
    const asked = host.snapshot().questions.find((q) => q.id === SELF_RATING) ?? null;
    const scene = this.sceneFor();
    const rating = scene ? await scene.rating(asked) : await this.questions.held(() => askFinish(this.dialogs, asked, left));
    if (rating === null) return;
    if (asked) host.send({ verb: "answer", question: SELF_RATING, choice: rating });
    host.send({ verb: "finish" });
  }

  /** A question about no particular thing is put at once; one about a thing waits in that thing's own list. */
  private askNext(snapshot: Snapshot): void {
    const { host } = this;
    const question = snapshot.questions.find((q) => q.item === null && q.id !== SELF_RATING && !this.answered.has(q.id));
    if (!host || !question || this.questions.open > 0) return;
    this.answered.add(question.id);
    const scene = this.sceneFor();
    const asked = scene ? scene.question(question) : this.questions.held(() => askChoice(this.dialogs, t("question.title"), question.text, question.choices, true));
    void asked.then((choice) => {
      if (choice !== null) host.send({ verb: "answer", question: question.id, choice });
      this.askNext(host.snapshot());
    });
  }

  private async handMenu(side: Side, button: HTMLElement): Promise<void> {
    const { host } = this;
    if (!host || this.questions.open > 0) return;
    const target = `hand:${side}`;
    const snapshot = host.snapshot();
    const holds = snapshot.hands[side].holds;
    const list = [...(snapshot.affordances[target] ?? []), ...(holds === null ? [] : (snapshot.affordances[holds] ?? []))];
    const box = button.getBoundingClientRect();
    const at = { x: box.left + box.width / 2, y: box.top - 160 };
    const chosen = await this.questions.choose(targetName(target, host.scene, snapshot), list, at);
    if (chosen) await host.act(snapshot.affordances[target]?.includes(chosen) ? target : (holds ?? target), chosen, "mouse");
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.questions.open === 0 && !event.defaultPrevented && this.drawers?.open) {
      this.drawers.close();
      return;
    }
    const run = this.settings.value.keys ? shortcut(event, this.questions.open > 0) : null;
    if (run === null) return;
    event.preventDefault();
    this.dock?.tool(run)?.click();
  }
}
