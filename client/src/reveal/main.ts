import "./reveal.css";
import "./heat.css";
import "../ui/uv.css";
import { t, useLanguage } from "../i18n/text";
import { fill, h } from "../ui/dom";
import { SettingsStore } from "../ui/settings";
import type { Replay, Reveal } from "./contract";
import { FetchError, getJson, sessionToken } from "./fetching";
import { showReveal } from "./page";

/** The debrief's page: fetches what the session came to and shows it in the place the server left for it. */
const root = document.getElementById("reveal");
if (root) void start(root);

async function start(place: HTMLElement): Promise<void> {
  const settings = new SettingsStore();
  await settings.apply();
  const language = place.dataset["language"] === "cy" ? "cy" : "en";
  const around = document.documentElement.lang;
  await useLanguage(language);
  // The debrief is in the language of the session; the page around it keeps its own.
  document.documentElement.lang = around;
  place.lang = language;
  const session = place.dataset["session"] ?? "";
  const token = sessionToken(session, location.hash, localStorage);
  const api = `/api/sessions/${encodeURIComponent(session)}`;
  try {
    const reveal = await getJson<Reveal>(`${api}/reveal`, token);
    const fetchReplay = (): Promise<Replay> => getJson<Replay>(`${api}/replay`, token);
    showReveal(place, reveal, {
      fetchReplay,
      download: () => void download(`${api}/log`, token, `${reveal.outcome.module}-${reveal.outcome.seed}.jsonl.gz`),
      again: () => void again(place, reveal, language),
    });
  } catch (problem) {
    // What the server wrote into the page stays: it says in words what can be said.
    const status = problem instanceof FetchError ? problem.status : 0;
    const why = status === 401 || status === 403 ? t("reveal.error.token") : problem instanceof Error ? problem.message : "";
    if (place.childElementCount === 0 || status === 0) place.prepend(notice(why));
  }
  document.documentElement.dataset["ready"] = "reveal";
}

function notice(why: string): HTMLElement {
  return h(
    "div",
    { class: "notice critical", role: "alert" },
    h("strong", {}, t("reveal.error")),
    h("p", {}, why),
    h("div", { class: "actions" }, h("button", { type: "button", class: "button", onclick: () => location.reload() }, t("reveal.retry"))),
  );
}

async function download(url: string, token: string | null, name: string): Promise<void> {
  const response = await fetch(url, { headers: token === null ? {} : { Authorization: `Bearer ${token}` } });
  if (!response.ok) return;
  const address = URL.createObjectURL(await response.blob());
  const link = h("a", { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}

/** A new session of the same module and mode; without a seed the server draws one. */
async function again(place: HTMLElement, reveal: Reveal, language: string): Promise<void> {
  const { module, mode, seed } = reveal.next;
  const response = await fetch("/api/sessions", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ module, mode, language, ...(seed === null ? {} : { seed }) }),
  });
  if (response.ok) {
    const { play } = (await response.json()) as { play: string };
    location.assign(play);
    return;
  }
  fill(place, notice(String(response.status)));
}
