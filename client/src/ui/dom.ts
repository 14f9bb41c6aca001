/** Small helpers over the DOM: one way to make elements, one way to open and leave a dialog. */

type Child = Node | string | null | undefined | false;
type Props = Record<string, unknown>;

/** Makes an element. Keys starting with `on` are listeners, `class` and attributes are set as they are, false and null are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  applyProps(element, props);
  append(element, children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  applyProps(element, props);
  append(element, children);
  return element;
}

function applyProps(element: Element, props: Props): void {
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on") && typeof value === "function") {
      element.addEventListener(key.slice(2), value as EventListener);
    } else if (key === "style") {
      // Through the object model: the pages' content security policy takes no style attributes.
      (element as HTMLElement | SVGElement).style.cssText = String(value);
    } else {
      element.setAttribute(key, value === true ? "" : String(value));
    }
  }
}

function append(parent: Element, children: Child[]): void {
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) parent.append(child);
  }
}

/** Replaces the children of `parent`, keeping focus on the element with the same `data-key` where there was one. */
export function fill(parent: Element, ...children: Child[]): void {
  const active = document.activeElement;
  const inside = active !== null && active !== parent && parent.contains(active);
  const key = inside ? active.getAttribute("data-key") : null;
  parent.replaceChildren();
  append(parent, children);
  if (!inside) return;
  const same = key === null ? null : parent.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  // What was in focus is gone: the panel around it takes the focus, so that the keys do not fall through to the page.
  (same ?? parent.closest<HTMLElement>("[tabindex]"))?.focus({ preventScroll: true });
}

const FOCUSABLE = 'button:not([disabled]), [href], input, select, textarea, [tabindex]:not([tabindex="-1"])';

/** Keeps Tab inside `root`, gives Escape to `leave`, and puts focus back where it was when the returned function is called. */
export function holdFocus(root: HTMLElement, leave: (() => void) | null): () => void {
  const before = document.activeElement;
  const onKey = (event: KeyboardEvent): void => {
    // The scene listens on the window: what is typed into an open dialog is the dialog's alone.
    event.stopPropagation();
    if (event.key === "Escape" && leave) {
      event.preventDefault();
      leave();
    }
    if (event.key !== "Tab") return;
    const all = [...root.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((e) => e.offsetParent !== null);
    const first = all[0];
    const last = all[all.length - 1];
    if (!first || !last) return;
    if (event.shiftKey && document.activeElement === first) {
      event.preventDefault();
      last.focus();
    } else if (!event.shiftKey && document.activeElement === last) {
      event.preventDefault();
      first.focus();
    }
  };
  root.addEventListener("keydown", onKey);
  const start = root.querySelector<HTMLElement>("[data-first]") ?? root.querySelector<HTMLElement>(FOCUSABLE);
  (start ?? root).focus({ preventScroll: true });
  return () => {
    root.removeEventListener("keydown", onKey);
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  };
}

let ids = 0;
/** An id for wiring labels to their controls. */
export const freshId = (stem: string): string => `${stem}-${++ids}`;

/** A part that scrolls and holds nothing to focus takes the focus itself, so that the arrow keys can scroll it. */
export function scrollsByKeys(part: HTMLElement): void {
  if (part.querySelector("a, button, input, select, textarea, summary")) part.removeAttribute("tabindex");
  else part.tabIndex = 0;
}
