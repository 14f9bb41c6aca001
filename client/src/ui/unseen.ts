import type { Face, Snapshot } from "../contract";
import { t, type TextKey } from "../i18n/text";
import type { AirView, UiHost } from "../ui-port";
import { AirNote } from "./air-note";
import type { Dock } from "./dock";
import { UvNote } from "./uv-note";

/** What says a line: to everybody who has captions, or to whoever asked whether or not they have. */
interface Voice {
  caption: (text: string) => void;
  answer: (text: string) => void;
}

/** The views of what cannot be seen at work, the air or what lies on things: on or off, and what is said of it. */
export class Unseen {
  readonly air: AirNote;
  readonly uv: UvNote;

  constructor(private readonly host: UiHost, private readonly dock: () => Dock | null, private readonly voice: Voice) {
    this.air = new AirNote(host, (view) => void this.showAir(view));
    this.uv = new UvNote(host, () => { this.showUv(false); });
  }

  /** Makes the air visible, or invisible again; never in an assessment, which is told. */
  async showAir(view: AirView | null): Promise<void> {
    if (this.refused("air.assessment")) return;
    if (view !== null) this.host.showUv(false);
    const shown = await this.host.showAir(view);
    this.note();
    this.voice.caption(shown ? t(view === null ? "air.hidden" : `air.${view}`) : t("air.failed"));
  }

  /** Turns the light to ultraviolet, or back; never in an assessment, which is told. */
  showUv(on: boolean): void {
    if (this.refused("uv.assessment")) return;
    if (on) void this.host.showAir(null);
    this.host.showUv(on);
    this.note();
    this.voice.caption(t(on ? "uv.shown" : "uv.hidden"));
  }

  /** The notes and the tools say what is shown. */
  note(): void {
    const { air, uv } = this.host;
    this.air.show(air);
    this.uv.show(uv);
    this.dock()?.setPressed("air", air !== null);
    this.dock()?.setPressed("uv", uv);
  }

  tell(snapshot: Snapshot): void {
    this.air.tell(snapshot);
  }

  lying(faces: readonly Face[]): void {
    this.uv.tell(faces);
  }

  private refused(why: TextKey): boolean {
    const silent = this.host.mode === "assessment";
    if (silent) this.voice.answer(t(why));
    return silent;
  }
}
