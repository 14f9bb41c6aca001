import { t } from "../i18n/text";
import type { Affordance } from "../contract";
import { h, holdFocus } from "./dom";
import { findByTyping, moveInList } from "./menu-keys";
import { handNote } from "./names";

export interface MenuRequest {
  title: string;
  affordances: readonly Affordance[];
  /** Where the thing is on the screen, in CSS pixels; null puts the menu in the middle. */
  at: { x: number; y: number } | null;
  choose: (affordance: Affordance) => void;
  closed: () => void;
}

/** The list of all that can be done with a thing. The first entry is what one press does. Returns its closer. */
export function openMenu(host: HTMLElement, request: MenuRequest): () => void {
  const { affordances } = request;
  const buttons = affordances.map((affordance, index) => entry(affordance, index, () => pick(index)));
  const empty = affordances.length === 0 ? h("p", { class: "soft" }, t("menu.none")) : null;
  const list = h("div", { role: "menu", "aria-label": t("menu.for", { thing: request.title }) }, ...buttons);
  const menu = h(
    "div",
    { class: "menu panel", tabindex: -1 },
    h("h2", { class: "menu-title" }, request.title),
    empty ?? list,
  );
  const backdrop = h("div", { class: "menu-backdrop", onpointerdown: () => close() });
  host.append(backdrop, menu);
  place(menu, request.at);
  const release = holdFocus(menu, () => close());

  let typed = "";
  let typedAt = 0;
  menu.addEventListener("keydown", (event) => {
    const index = buttons.indexOf(document.activeElement as HTMLButtonElement);
    let next = moveInList(event.key, Math.max(index, 0), buttons.length);
    if (next === null && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey) {
      typed = event.timeStamp - typedAt < 700 ? typed + event.key : event.key;
      typedAt = event.timeStamp;
      next = findByTyping(affordances.map((a) => a.label), typed, Math.max(index, 0));
    }
    if (next === null) return;
    event.preventDefault();
    buttons[next]?.focus();
  });

  function pick(index: number): void {
    const affordance = affordances[index];
    if (!affordance || affordance.why_not !== null) return;
    close();
    request.choose(affordance);
  }

  let open = true;
  function close(): void {
    if (!open) return;
    open = false;
    backdrop.remove();
    menu.remove();
    release();
    request.closed();
  }
  return close;
}

function entry(affordance: Affordance, index: number, onclick: () => void): HTMLButtonElement {
  const off = affordance.why_not !== null;
  return h(
    "button",
    { role: "menuitem", type: "button", class: "menu-entry", "aria-disabled": off ? "true" : null, tabindex: index === 0 ? 0 : -1, onclick },
    h("span", { class: "menu-label" }, affordance.label, affordance.needs === null ? null : "…"),
    h("span", { class: "menu-note" }, affordance.why_not ?? handNote(affordance)),
  );
}

/** Beside the thing, never over it, and wholly on the screen. On a narrow screen the stylesheet turns it into a bottom sheet. */
function place(menu: HTMLElement, at: { x: number; y: number } | null): void {
  const { innerWidth: width, innerHeight: height } = window;
  if (width < 640) return;
  const box = menu.getBoundingClientRect();
  const gap = 24;
  const x = at ? (at.x + gap + box.width < width ? at.x + gap : at.x - gap - box.width) : (width - box.width) / 2;
  const y = at ? at.y - box.height / 3 : (height - box.height) / 2;
  menu.style.left = `${Math.round(Math.min(Math.max(8, x), width - box.width - 8))}px`;
  menu.style.top = `${Math.round(Math.min(Math.max(72, y), height - box.height - 8))}px`;
}
