import { SIDES, type Side, type Snapshot } from "../contract";
import type { UiHost } from "../ui-port";
import { t, type TextKey } from "../i18n/text";
import { fill, h } from "./dom";
import { icon, type IconName } from "./icons";
import { handName, sentence } from "./names";

export type Drawer = "sop" | "record" | "cabinet" | "things" | "decide";
const DRAWERS: readonly string[] = ["sop", "record", "cabinet", "things", "decide"] satisfies Drawer[];

interface Tool {
  id: string;
  icon: IconName;
  label: TextKey;
  key: string | null;
  run: () => void;
}

/** Both hands, each on its own side, and between them what one reads and asks. */
export class Dock {
  readonly element: HTMLElement;
  private readonly hands: Record<Side, HTMLButtonElement>;
  private readonly tools = new Map<string, HTMLButtonElement>();

  constructor(private readonly host: UiHost, tools: readonly Tool[], openHand: (side: Side, button: HTMLElement) => void) {
    const hand = (side: Side): HTMLButtonElement =>
      h("button", { type: "button", class: `hand hand-${side}`, "aria-haspopup": "menu", onclick: () => openHand(side, this.hands[side]) });
    this.hands = { left: hand("left"), right: hand("right") };
    const bar = h("div", { class: "tools", role: "toolbar", "aria-label": t("bar.more") });
    for (const tool of tools) {
      const button = h(
        "button",
        { type: "button", class: "tool", "data-tool": tool.id, onclick: tool.run, "aria-keyshortcuts": tool.key, title: tool.key ? `${t(tool.label)} (${tool.key})` : t(tool.label) },
        icon(tool.icon, 22),
        h("span", {}, t(tool.label)),
      );
      this.tools.set(tool.id, button);
      bar.append(button);
    }
    this.element = h("footer", { class: "dock" }, this.hands.left, bar, this.hands.right);
  }

  setHands(snapshot: Snapshot): void {
    for (const side of SIDES) {
      const { holds, grip, glove, wet } = snapshot.hands[side];
      const thing = holds === null ? t("hand.empty") : (snapshot.items[holds]?.name ?? sentence(holds));
      const part = grip === null ? null : (this.host.scene.text[`part.${grip}`] ?? sentence(grip).toLowerCase());
      const notes = [part && t("hand.grip", { part }), wet && t("hand.wet"), glove === "torn" && t("hand.torn")].filter(Boolean);
      const button = this.hands[side];
      button.dataset["glove"] = glove;
      button.dataset["wet"] = String(wet);
      button.dataset["full"] = String(holds !== null);
      fill(
        button,
        icon("hand", 26),
        h(
          "span",
          { class: "hand-text" },
          h("span", { class: "hand-name" }, handName(side)),
          h("span", { class: "hand-thing" }, thing),
          notes.length > 0 && h("span", { class: "hand-note" }, notes.join(" · ")),
        ),
      );
    }
  }

  setOpen(open: Drawer | null): void {
    for (const [id, button] of this.tools) {
      if (DRAWERS.includes(id)) button.setAttribute("aria-expanded", String(id === open));
    }
  }

  /** A tool that is on or off says which. */
  setPressed(id: string, pressed: boolean): void {
    this.tools.get(id)?.setAttribute("aria-pressed", String(pressed));
  }

  /** The tool for decisions is there while something is to be decided, with their number. */
  setDecisions(count: number): void {
    const button = this.tools.get("decide");
    if (!button) return;
    button.hidden = count === 0;
    button.dataset["count"] = String(count);
  }

  tool(id: string): HTMLButtonElement | undefined {
    return this.tools.get(id);
  }
}
