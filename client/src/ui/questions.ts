import type { Affordance, AmountSpec, Choice, Pattern } from "../contract";
import { t } from "../i18n/text";
import type { Asking, PathAnswer, UiHost } from "../ui-port";
import { askChoice, askText, askValue } from "./ask";
import { askAmount } from "./ask-amount";
import { askPath } from "./ask-path";
import { answersAsEntries } from "./decide";
import { h } from "./dom";
import { openMenu } from "./menu";
import type { SceneUi } from "./scene/scene-ui";

/** What is asked of a person about a thing: over the page, or in a headset beside the thing. */
export class Questions {
  host: UiHost | null = null;
  /** How many stand open over the page. */
  open = 0;
  private nudged: ((direction: -1 | 1, coarse: boolean) => void) | null = null;

  /** `scene` gives what asks in the room while a headset is worn; `begins` clears the way for a question over the page. */
  constructor(
    private readonly root: HTMLElement,
    private readonly dialogs: HTMLElement,
    private readonly scene: () => SceneUi | null,
    private readonly begins: () => void,
  ) {}

  menu(asking: Asking, affordances: readonly Affordance[]): Promise<Affordance | null> {
    const all = this.host ? [...affordances, ...answersAsEntries(asking.target, this.host.snapshot())] : affordances;
    const scene = this.scene();
    if (scene) return scene.menu(asking, all);
    return this.choose(asking.name, all, asking.screen);
  }

  choose(title: string, affordances: readonly Affordance[], at: { x: number; y: number } | null): Promise<Affordance | null> {
    return this.held(
      () =>
        new Promise((resolve) => {
          let chosen: Affordance | null = null;
          openMenu(this.dialogs, {
            title,
            affordances,
            at,
            choose: (affordance) => {
              chosen = affordance;
            },
            // Runs after `choose`: the menu first closes, then tells what was chosen.
            closed: () => queueMicrotask(() => resolve(chosen)),
          });
        }),
    );
  }

  amount(asking: Asking, affordance: Affordance, spec: AmountSpec): Promise<number | null> {
    const title = `${affordance.label} (${asking.name})`;
    const scene = this.scene();
    if (scene) return scene.amount(asking, title, spec);
    return this.held(() => askAmount(this.dialogs, title, spec, (nudge) => (this.nudged = nudge)));
  }

  path(asking: Asking, affordance: Affordance, patterns: readonly Pattern[], mayDraw: boolean): Promise<PathAnswer | null> {
    const scene = this.scene();
    if (scene) return scene.path(asking, affordance.label, patterns, mayDraw);
    return this.held(() => askPath(this.dialogs, affordance.label, patterns, mayDraw));
  }

  value(asking: Asking, affordance: Affordance): Promise<string | number | null> {
    const scene = this.scene();
    if (scene) return scene.value(asking, affordance);
    return this.held(() => askValue(this.dialogs, affordance.label, affordance));
  }

  choice(asking: Asking, affordance: Affordance, choices: readonly Choice[]): Promise<string | null> {
    const scene = this.scene();
    if (scene) return scene.choice(asking, affordance.label, choices);
    return this.held(() => askChoice(this.dialogs, affordance.label, null, choices));
  }

  text(asking: Asking, affordance: Affordance): Promise<string | null> {
    const suggestions = affordance.spec?.choices?.map((choice) => choice.label) ?? [];
    const scene = this.scene();
    if (scene) return scene.text(asking, affordance.label, suggestions);
    return this.held(() => askText(this.dialogs, affordance.label, suggestions));
  }

  async way(asking: Asking): Promise<"around" | "over" | null> {
    const choices = [
      { id: "around", label: t("way.around") },
      { id: "over", label: t("way.over") },
    ];
    const answer = await this.held(() => askChoice(this.dialogs, t("way.title"), asking.name, choices));
    return answer === "around" || answer === "over" ? answer : null;
  }

  strokes(asking: Asking, count: () => number, end: (keep: boolean) => void): () => void {
    const scene = this.scene();
    if (scene) return scene.strokes(asking, count, end);
    const said = h("span", { role: "status" });
    const shown = h(
      "div",
      { class: "strokes panel" },
      said,
      h("button", { type: "button", class: "button quiet", onclick: () => end(false) }, t("path.drop")),
      h("button", { type: "button", class: "button primary", onclick: () => end(true) }, t("path.keep")),
    );
    const show = (): void => {
      const n = count();
      said.textContent = n === 0 ? t("path.zero") : n === 1 ? t("path.one") : t("path.strokes", { n });
    };
    show();
    const timer = setInterval(show, 200);
    this.root.append(shown);
    return () => {
      clearInterval(timer);
      shown.remove();
    };
  }

  nudge(direction: -1 | 1, coarse: boolean): void {
    this.nudged?.(direction, coarse);
  }

  /** Counts a question as open for as long as it is asked. */
  async held<T>(ask: () => Promise<T>): Promise<T> {
    this.open += 1;
    this.begins();
    try {
      return await ask();
    } finally {
      this.open -= 1;
      this.nudged = null;
    }
  }
}
