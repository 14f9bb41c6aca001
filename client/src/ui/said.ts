import { t } from "../i18n/text";
import { h } from "./dom";
import type { Settings } from "./settings";

/** What is said: captions at the foot of the scene, refusals at the thing itself, the name beside the pointer. */
export class Captions {
  readonly element = h("div", { class: "captions", "aria-hidden": "true" });
  /** Spoken by screen readers whether or not captions are shown. */
  readonly live = h("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  readonly recent: string[] = [];

  constructor(private readonly settings: () => Readonly<Settings>) {}

  say(text: string): void {
    if (this.recent[this.recent.length - 1] !== text) this.recent.push(text);
    if (this.recent.length > 12) this.recent.shift();
    this.live.textContent = text;
    if (!this.settings().captions) return;
    const line = h("p", {}, text);
    this.element.append(line);
    while (this.element.childElementCount > 2) this.element.firstElementChild?.remove();
    setTimeout(() => line.remove(), readingTime(text, this.settings().stretch));
  }
}

/** How long a line stays: 180 ms a character, at least 4 s, stretched as the reader asks. */
export const readingTime = (text: string, stretch: number): number => Math.max(4000, text.length * 180) * stretch;

export class Bubble {
  readonly element = h("div", { class: "bubble", hidden: true });
  readonly live = h("div", { class: "visually-hidden", role: "alert" });
  private timer = 0;

  constructor(private readonly settings: () => Readonly<Settings>) {}

  /** `at` is where the thing is on the page; without one the bubble stands in the middle, under the top bar. */
  show(why: string, at: { x: number; y: number } | null): void {
    clearTimeout(this.timer);
    this.element.textContent = why;
    this.element.hidden = false;
    this.live.textContent = `${t("refusal.title")}: ${why}`;
    this.place(at);
    this.timer = window.setTimeout(() => this.hide(), readingTime(why, this.settings().stretch));
  }

  place(at: { x: number; y: number } | null): void {
    if (this.element.hidden) return;
    this.element.classList.toggle("unanchored", at === null);
    const half = this.element.offsetWidth / 2 + 8;
    const x = at ? Math.min(Math.max(at.x, half), innerWidth - half) : innerWidth / 2;
    const y = at ? Math.min(Math.max(at.y, 150), innerHeight - 120) : 76;
    const above = at ? "calc(-100% - 14px)" : "0";
    this.element.style.transform = `translate(${x}px, ${y}px) translate(-50%, ${above})`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}

export class NameTag {
  readonly element = h("div", { class: "name-tag", hidden: true, "aria-hidden": "true" });
  private readonly name = h("strong", {});
  private readonly first = h("span", {});

  constructor() {
    this.element.append(this.name, this.first);
  }

  show(item: { name: string; first: string } | null, at: { x: number; y: number } | null): void {
    this.element.hidden = item === null || at === null;
    if (item === null || at === null) return;
    if (this.name.textContent !== item.name) this.name.textContent = item.name;
    if (this.first.textContent !== item.first) this.first.textContent = item.first;
    const flip = at.x > innerWidth - 260;
    this.element.style.transform = `translate(${at.x}px, ${at.y}px) translate(${flip ? "calc(-100% - 18px)" : "18px"}, 12px)`;
  }
}
