// Keeps a class's three counts up to date while its page is open.
const SECONDS = 4;
const board = document.querySelector("[data-counts]");

async function refresh() {
  const answer = await fetch(board.dataset.counts, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const counts = await answer.json();
  for (const place of board.querySelectorAll("[data-count]")) {
    const now = String(counts[place.dataset.count]);
    // Written only when it changes, so that a screen reader is told of changes alone.
    if (place.textContent !== now) place.textContent = now;
  }
  if (!counts.open) window.location.reload();
}

setInterval(() => {
  // A line that is down for a moment leaves the last counts standing.
  if (!document.hidden) refresh().catch(() => {});
}, SECONDS * 1000);
