// A file that is too large is told of before it is sent. The server refuses it as well.
const form = document.querySelector("form[data-most-bytes]");
const notice = document.getElementById("too-large");
const input = form?.querySelector("input[type=file]");

form?.addEventListener("submit", (event) => {
  const file = input?.files?.[0];
  const isTooLarge = file !== undefined && file.size > Number(form.dataset.mostBytes);
  notice.hidden = !isTooLarge;
  if (isTooLarge) {
    event.preventDefault();
    input.focus();
  }
});

input?.addEventListener("change", () => {
  notice.hidden = true;
});
