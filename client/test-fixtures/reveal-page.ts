/** Gallery of the debrief: `?theme=dark`, `?lang=cy`, `?watch=1`, `?from=/folder` for reveal.json and replay.json of a real run. */
import { useLanguage } from "../src/i18n/text";
import { showReveal } from "../src/reveal/page";
import { REPLAY, REVEAL } from "./reveal";

const query = new URLSearchParams(location.search);
document.documentElement.dataset["theme"] = query.get("theme") ?? "light";
await useLanguage(query.get("lang") === "cy" ? "cy" : "en");
const from = query.get("from");
const reveal = from === null ? REVEAL : ((await (await fetch(`${from}/reveal${query.get("lang") === "cy" ? "-cy" : ""}.json`)).json()) as typeof REVEAL);
showReveal(document.getElementById("gallery") as HTMLElement, reveal, {
  fetchReplay: async () => (from === null ? REPLAY : ((await (await fetch(`${from}/replay.json`)).json()) as typeof REPLAY)),
  download: () => undefined,
  again: () => undefined,
});
if (query.has("watch")) document.querySelector<HTMLButtonElement>(".work .button")?.click();
document.documentElement.dataset["ready"] = "reveal";
