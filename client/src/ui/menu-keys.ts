/** How a list answers keys, apart from any DOM: the overlay's menus and the panels in the headset share it. */

/** The index a key leads to in a list of `count` entries, or null when the key does not move in a list. */
export function moveInList(key: string, index: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case "ArrowDown":
    case "ArrowRight":
      return (index + 1) % count;
    case "ArrowUp":
    case "ArrowLeft":
      return (index - 1 + count) % count;
    case "Home":
    case "PageUp":
      return 0;
    case "End":
    case "PageDown":
      return count - 1;
    default:
      return null;
  }
}

/** The entry after `index` whose label starts with `typed` (wrapping round), or null. Accents and case do not matter. */
export function findByTyping(labels: readonly string[], typed: string, index: number): number | null {
  const wanted = plain(typed);
  if (wanted === "") return null;
  // One letter steps on to the next match; a longer word may still mean the entry in focus.
  const start = wanted.length === 1 ? 1 : 0;
  for (let step = start; step < labels.length + start; step++) {
    const at = (index + step) % labels.length;
    if (plain(labels[at] ?? "").startsWith(wanted)) return at;
  }
  return null;
}

const plain = (text: string): string =>
  text.normalize("NFD").replace(/\p{Mn}/gu, "").toLocaleLowerCase();
