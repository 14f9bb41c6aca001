import { t } from "../i18n/text";
import { freshId, h, holdFocus, scrollsByKeys } from "./dom";

export interface DialogOptions {
  title: string;
  body: Node[];
  /** Buttons from least to most likely; the last one is the thing to do. */
  actions: HTMLElement[];
  /** What Escape and the veil do; null where an answer must be given. */
  leave: (() => void) | null;
  kind?: "ask" | "sheet";
}

/** A modal dialog: named, focus held, Escape leaves. Returns its closer. */
export function openDialog(host: HTMLElement, options: DialogOptions): () => void {
  const id = freshId("dialog");
  const body = h("div", { class: "dialog-body" }, ...options.body);
  scrollsByKeys(body);
  const box = h(
    "div",
    { class: `dialog panel ${options.kind ?? "ask"}`, role: "dialog", "aria-modal": "true", "aria-labelledby": id, tabindex: -1 },
    h("h2", { id }, options.title),
    body,
    options.actions.length > 0 && h("div", { class: "dialog-actions" }, ...options.actions),
  );
  const veil = h("div", { class: "veil" }, box);
  veil.addEventListener("pointerdown", (event) => {
    if (event.target === veil) options.leave?.();
  });
  host.append(veil);
  const release = holdFocus(box, options.leave);
  return () => {
    veil.remove();
    release();
  };
}

export const button = (label: string, onclick: () => void, look = ""): HTMLButtonElement =>
  h("button", { type: "button", class: `button ${look}`.trim(), onclick }, label);

export const cancelButton = (onclick: () => void): HTMLButtonElement => button(t("dialog.cancel"), onclick, "quiet");
