const KEYS: Record<string, string> = { p: "sop", r: "record", c: "cabinet", t: "things", d: "decide", h: "hint", a: "air", u: "uv", F1: "help" };

/** The tool a bare key opens, or null: never while something is typed, a dialog is open or a modifier is held (WCAG 2.1.4). */
export function shortcut(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "target" | "defaultPrevented">,
  dialogOpen: boolean,
): string | null {
  if (dialogOpen || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const tag = (event.target as { tagName?: string } | null)?.tagName;
  if (tag === "INPUT" || tag === "TEXTAREA" || tag === "SELECT") return null;
  return KEYS[event.key] ?? KEYS[event.key.toLowerCase()] ?? null;
}
