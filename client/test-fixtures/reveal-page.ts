/** Gallery of the debrief, from the fixture: `?theme=dark`, `?lang=cy`, `?watch=4900`. */
import { useLanguage } from "../src/i18n/text";
import { showReveal } from "../src/reveal/page";
import { sentence } from "../src/ui/names";
import { REPLAY, REVEAL } from "./reveal";

const query = new URLSearchParams(location.search);
document.documentElement.dataset["theme"] = query.get("theme") ?? "light";
await useLanguage(query.get("lang") === "cy" ? "cy" : "en");
showReveal(document.getElementById("gallery") as HTMLElement, REVEAL, {
  fetchReplay: () => Promise.resolve(REPLAY),
  name: sentence,
  download: () => undefined,
  again: () => undefined,
});
if (query.has("watch")) document.querySelector<HTMLButtonElement>(".work .button")?.click();
document.documentElement.dataset["ready"] = "reveal";
