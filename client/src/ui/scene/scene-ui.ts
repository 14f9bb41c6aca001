import type { Vector3 } from "three";
import type { Affordance, AmountSpec, Choice, Pattern, Question, Snapshot } from "../../contract";
import type { Asking, PathAnswer, UiHost } from "../../ui-port";
import { t, type TextKey } from "../../i18n/text";
import { asChoice } from "../record-drawer";
import { checkEntry } from "../record-entry";
import type { Captions } from "../said";
import type { SettingsStore } from "../settings";
import { ratingChoices } from "../sheets";
import { amountForm, choiceForm, fieldForm, menuForm, pathForm, typingForm, type Asked } from "./asks";
import { CanvasPanel, standingPanel } from "./canvas-panel";
import { drawForm, firstPage, FORM_HEIGHT, FORM_WIDTH, type Form } from "./form";
import { abovePalm, besideThing, followHead, onPage, palmShown } from "./placing";
import { airForm, decisionsForm, palmForm, recordForm, sopForm, uvForm, type Ways } from "./palm-menu";
import type { Unseen } from "../unseen";
import { RoomScreens } from "./room-screens";
import { drawBand } from "./screens";

interface Commands {
  finish: () => void;
  settings: SettingsStore;
  unseen: () => Unseen | null;
  openDrawer: (which: "sop" | "record") => void;
}

/** What stands in the room to be read and pressed: the screens of things, and in a headset menus, questions, captions. */
export class SceneUi {
  private readonly form = new CanvasPanel("form", FORM_WIDTH, FORM_HEIGHT);
  private readonly palm = new CanvasPanel("palm", FORM_WIDTH, FORM_HEIGHT);
  private readonly band = new CanvasPanel("band", 1024, 160);
  private readonly formMesh = standingPanel(this.form, 0.46);
  private readonly palmMesh = standingPanel(this.palm, 0.24);
  private readonly bandMesh = standingPanel(this.band, 0.62);
  private bandSeconds = 0;
  private resolve: ((answer: unknown) => void) | null = null;
  private nudger: ((direction: -1 | 1, coarse: boolean) => void) | null = null;
  private readonly screens: RoomScreens;

  constructor(private readonly host: UiHost, private readonly captions: Captions, private readonly commands: Commands) {
    this.screens = new RoomScreens(host.scene, (item, part) => host.screenOf(item, part), host.panels, {
      sop: () => this.openDrawer("sop"),
      field: (id) => void this.enterField(id),
      sign: (step) => void this.sign(step),
    });
    // A band of words takes no pointer: it must not stand between the hand and the work.
    delete this.bandMesh.userData["panel"];
    host.panels.add(this.formMesh, this.bandMesh, this.palmMesh);
    commands.settings.subscribe(() => this.screens.redraw());
  }

  setSnapshot({ panels }: Snapshot): void {
    this.screens.set(panels);
  }

  // ---- questions in the headset ---------------------------------------------------------------------------------

  get asking(): boolean {
    return this.resolve !== null;
  }

  nudge(direction: -1 | 1, coarse: boolean): void {
    this.nudger?.(direction, coarse);
  }

  menu(asking: Asking, affordances: readonly Affordance[]): Promise<Affordance | null> {
    return this.ask<Affordance>(asking.at, (asked) => menuForm(asking.name, affordances, asked));
  }

  amount(asking: Asking, title: string, spec: AmountSpec): Promise<number | null> {
    return this.ask<number>(asking.at, (asked) => {
      this.nudger = amountForm(title, spec, asked);
    });
  }

  path(asking: Asking, title: string, patterns: readonly Pattern[], mayDraw: boolean): Promise<PathAnswer | null> {
    return this.ask<PathAnswer>(asking.at, (asked) => pathForm(title, patterns, mayDraw, asked));
  }

  choice(asking: Asking, title: string, choices: readonly Choice[]): Promise<string | null> {
    return this.ask<string>(asking.at, (asked) => choiceForm(title, null, choices, false, asked));
  }

  async value(asking: Asking, affordance: Affordance): Promise<string | number | null> {
    const typed = await this.ask<string>(asking.at, (asked) => typingForm(affordance.label, "number", [], needed, asked));
    return typed === null ? null : Number.isFinite(Number(typed)) ? Number(typed) : typed;
  }

  text(asking: Asking, title: string, suggestions: readonly string[]): Promise<string | null> {
    const offered = (suggestions.length > 0 ? suggestions : this.captions.recent.slice(-1)).map((text) => ({ label: text, text }));
    return this.ask<string>(asking.at, (asked) => typingForm(title, "text", offered, needed, asked));
  }

  question(question: Question): Promise<string | null> {
    return this.ask<string>(null, (asked) => choiceForm(t("question.title"), question.text, question.choices, true, asked));
  }

  rating(question: Question | null): Promise<string | null> {
    return this.ask<string>(null, (asked) => choiceForm(question?.text ?? t("finish.ask"), t("finish.text"), ratingChoices(question), false, asked));
  }

  /** While strokes are drawn the way out is a small form below the eye. */
  strokes(asking: Asking, count: () => number, end: (keep: boolean) => void): () => void {
    const draw = (): void => {
      const n = count();
      this.show({
        title: n === 0 ? t("path.zero") : n === 1 ? t("path.one") : t("path.strokes", { n }),
        rows: [],
        foot: [
          { id: "drop", label: t("path.drop"), press: () => end(false) },
          { id: "keep", label: t("path.keep"), primary: true, press: () => end(true) },
        ],
      });
    };
    this.stand(asking.at);
    draw();
    const timer = setInterval(draw, 400);
    return () => {
      clearInterval(timer);
      this.formMesh.visible = false;
    };
  }

  private ask<T>(at: Readonly<Vector3> | null, begin: (asked: Asked<T>) => void): Promise<T | null> {
    this.resolve?.(null);
    return new Promise((resolve) => {
      const done = (answer: T | null): void => {
        if (this.resolve !== settle) return;
        this.resolve = null;
        this.nudger = null;
        this.formMesh.visible = false;
        resolve(answer);
      };
      const settle = (answer: unknown): void => done(answer as T | null);
      this.resolve = settle;
      this.stand(at ?? this.ahead());
      begin({ show: (form) => this.show(form), done });
    });
  }

  private stand(at: Readonly<Vector3>): void {
    besideThing(this.formMesh, this.host.camera, at, this.host.bareHands);
    this.formMesh.visible = true;
  }

  private ahead(): Vector3 {
    const { camera } = this.host;
    return camera.getWorldDirection(camera.position.clone()).add(camera.getWorldPosition(camera.position.clone()));
  }

  private show(form: Form): void {
    this.drawOn(this.form, form);
  }

  private drawOn(panel: CanvasPanel, form: Form): void {
    const turn = (page: number): void => { panel.show(drawForm(form, page, turn)); };
    turn(firstPage(form));
  }

  private async enterField(id: string): Promise<void> {
    if (!this.host.inVr) {
      this.openDrawer("record");
      return;
    }
    const record = this.host.snapshot().panels.record;
    const field = record?.fields.find((f) => f.id === id);
    if (!field || field.given) return;
    const written = await this.ask<string>(null, (asked) => fieldForm(field, (field.choices ?? []).map(asChoice), record?.time, asked));
    const checked = written === null ? null : checkEntry(field, written);
    if (!checked?.ok) return;
    const entry = checked.value;
    if (field.value === null) {
      this.host.send({ verb: "record", field: id, value: entry });
      return;
    }
    const reason = await this.ask<string>(null, (asked) => typingForm(t("record.reason"), "text", [], (typed) => (typed.trim() === "" ? "record.reason.missing" : null), asked));
    if (reason !== null) this.host.send({ verb: "correct", field: id, value: entry, reason });
  }

  private async sign(step: string): Promise<void> {
    if (!this.host.inVr) {
      this.openDrawer("record");
      return;
    }
    const meanings = (["performed", "checked"] as const).map((id) => ({ id, label: t(`record.meaning.${id}`) }));
    const meaning = await this.ask<string>(null, (asked) => choiceForm(t("record.meaning"), t("record.meaning.confirm"), meanings, false, asked));
    if (meaning !== null) this.host.send({ verb: "sign", step, meaning });
  }

  private openDrawer(which: "sop" | "record"): void {
    if (!this.host.inVr) this.commands.openDrawer(which);
    else if (!this.asking) this.ways()[which]();
  }

  // ---- said and worn --------------------------------------------------------------------------------------------

  caption(text: string): void {
    if (this.host.inVr && this.commands.settings.value.captions) this.say(text);
  }

  /** What they asked for is shown whether or not captions are. */
  answer(text: string): void {
    if (this.host.inVr) this.say(text);
  }

  refused(_target: string, why: string): void {
    this.say(why);
  }

  private say(text: string): void {
    this.band.show(drawBand(text, this.band.width));
    this.bandSeconds = Math.max(4, text.length * 0.18) * this.commands.settings.value.stretch;
  }

  frame(seconds: number): void {
    this.screens.frame(this.itemFrame);
    this.bandSeconds = Math.max(0, this.bandSeconds - seconds);
    this.bandMesh.visible = this.host.inVr && this.bandSeconds > 0;
    if (this.bandMesh.visible) followHead(this.bandMesh, this.host.camera, seconds);
    this.wearPalm();
  }

  /** The menu worn at the palm of the hand that leads less; there while the open palm is turned to the eyes. */
  private wearPalm(): void {
    const side = this.commands.settings.value.leftHanded ? "right" : "left";
    const palm = this.host.palm(side);
    const visible = this.host.inVr && !this.asking && this.host.snapshot().hands[side].holds === null && palmShown(palm, this.host.camera, side === "left");
    if (visible && !this.palmMesh.visible) this.drawPalm();
    this.palmMesh.visible = visible;
    if (visible) abovePalm(this.palmMesh, palm, this.host.camera);
  }

  private drawPalm(): void {
    this.drawOn(this.palm, palmForm(this.host, this.ways(), () => { this.palmMesh.visible = false; }));
  }

  /** The same menu before the eyes, for whoever has no palm to turn: a lone controller, a lone hand. */
  openMenu(): void {
    if (!this.host.inVr || this.asking) return;
    void this.ask<null>(null, ({ show, done }) => {
      const form = palmForm(this.host, this.ways(), () => { done(null); });
      show({ ...form, foot: [{ id: "close", label: t("bar.close"), press: () => { done(null); } }, ...(form.foot ?? [])] });
    });
  }

  private ways(): Ways {
    const { host } = this;
    const ask = (begin: (asked: Asked<null>) => void): void => void this.ask<null>(null, begin);
    return {
      sop: () => { ask(({ show, done }) => { sopForm(host.snapshot().panels.sop, show, () => { done(null); }); }); },
      record: () => {
        ask(({ show, done }) => {
          show(recordForm(host.snapshot().panels.record, (id) => void this.enterField(id), (step) => void this.sign(step), () => { done(null); }));
        });
      },
      decisions: () => { ask(({ show, done }) => { decisionsForm(host.snapshot(), (action) => { host.send(action); }, show, () => { done(null); }); }); },
      air: () => { ask(({ show, done }) => { show(airForm(host, (view) => void this.commands.unseen()?.showAir(view), () => { done(null); })); }); },
      uv: () => { ask(({ show, done }) => { show(uvForm(host, () => this.commands.unseen()?.showUv(!host.uv), () => { done(null); })); }); },
      report: (target, affordance) => void host.act(target, affordance, "controller"),
      finish: this.commands.finish,
    };
  }

  screenOf(target: string): { x: number; y: number } | null {
    if (this.host.inVr) return null;
    return onPage(target, this.itemFrame, this.host.camera, innerWidth, innerHeight);
  }

  private readonly itemFrame: UiHost["itemFrame"] = (id, out) => this.host.itemFrame(id, out);
}

const needed = (typed: string): TextKey | null => (typed.trim() === "" ? "record.value.missing" : null);
