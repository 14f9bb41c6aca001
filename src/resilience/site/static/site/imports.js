// A file that is too large is told of before it is sent (the server refuses it as well). While the next page is made, this
// one stays, and says how far the server is.
const EVERY_MS = 500;
const form = document.querySelector("form[data-progress]");
const notice = document.getElementById("too-large");
const input = form?.querySelector("input[type=file]");
const working = document.getElementById("working");
let watching = null;

function isTooLarge() {
  const file = input?.files?.[0];
  return file !== undefined && file.size > Number(form.dataset.mostBytes);
}

async function look() {
  const answer = await fetch(form.dataset.progress, { headers: { Accept: "application/json" }, redirect: "manual" });
  const { share } = answer.ok ? await answer.json() : { share: null };
  const bar = working.querySelector("progress");
  // Without a value the bar says that something is done, and not how much of it.
  if (share === null || share >= 1) bar.removeAttribute("value");
  else bar.value = share;
}

function watch() {
  working.hidden = false;
  working.scrollIntoView({ block: "nearest" });
  watching = setInterval(() => look().catch(() => {}), EVERY_MS);
}

form?.addEventListener("submit", (event) => {
  if (notice) notice.hidden = !isTooLarge();
  if (isTooLarge()) {
    event.preventDefault();
    input.focus();
  } else if (watching !== null) {
    event.preventDefault();
  } else if (event.submitter?.value !== "drop") {
    watch();
  }
});

input?.addEventListener("change", () => {
  notice.hidden = true;
});

// Whoever comes back by the browser's own button finds the form as it was, and nothing being done.
addEventListener("pageshow", () => {
  clearInterval(watching);
  watching = null;
  if (working) working.hidden = true;
});
