/** The page of a walk through the plant's rooms: the picture, the rooms and places to stand, and what is said. */
import { fill, h } from "../ui/dom";
import { icon } from "../ui/icons";
import { Captions, NameTag } from "../ui/said";
import { SettingsStore } from "../ui/settings";
import "../scene.css";
import "../ui/play.css";
import type { WalkScene } from "./contract";
import { Walk, type WalkHook, type WalkPage } from "./walk";
import "./walk.css";
import { words } from "./words";

const root = document.getElementById("walk");
if (root) void start(root);

async function start(place: HTMLElement): Promise<void> {
  const language = place.dataset["language"] === "cy" ? "cy" : "en";
  const say = words(language);
  const settings = new SettingsStore();
  await settings.adopt(language);
  const rooms = [...place.querySelectorAll<HTMLAnchorElement>("a[data-scene]")];
  const canvas = h("canvas", { tabindex: "0", role: "img", "aria-label": say.picture });
  const tag = new NameTag();
  const captions = new Captions(() => settings.value);
  const title = h("h1", { class: "visually-hidden" }, "");
  const stations = h("div", { class: "stations", role: "group", "aria-label": say.stations });
  const chosen = h("p", { class: "walk-chosen panel", hidden: true });
  const wait = h("p", { class: "waiting panel", role: "status" }, say.loading);
  const ends = h("div", { class: "bar-end" });
  const pick = h("select", { "aria-label": say.rooms });
  pick.append(...rooms.map((link) => h("option", { value: link.dataset["room"] }, link.textContent)));
  const overlay = h(
    "div", { class: "ui walk" },
    h("header", { class: "top-bar" }, h("div", { class: "bar-what" }, title, pick), stations, ends),
    captions.element, captions.live, tag.element, chosen, wait,
  );

  const page: WalkPage = {
    stands(scene, station) {
      wait.hidden = true;
      if (title.textContent !== scene.title) {
        title.textContent = scene.title;
        document.title = `${scene.title} · Resilience`;
        pick.value = scene.room.kind;
        const link = rooms.find(({ dataset }) => dataset["room"] === scene.room.kind);
        if (link && link.pathname !== location.pathname) history.pushState(null, "", link.href);
      }
      list(scene, station);
      const thing = scene.equipment.find(({ id }) => id === station);
      const kind = thing?.kind ?? scene.room.kind;
      page.chosen(kind, scene.models[kind]?.title ?? scene.title);
      document.documentElement.dataset["ready"] = "walk";
    },
    loading(name) {
      wait.hidden = false;
      wait.textContent = name === null ? say.loading : `${say.loading}: ${name}`;
    },
    failed(again) {
      wait.hidden = false;
      fill(wait, say.failed, " ", h("button", { type: "button", class: "button", onclick: again }, say.again));
    },
    names(name, first, at) {
      tag.show(name === null ? null : { name, first }, at);
      canvas.style.cursor = name === null ? "" : "pointer";
    },
    chosen(kind, name) {
      chosen.hidden = false;
      fill(chosen, h("strong", {}, name), h("a", { href: `/plant/${kind}` }, say.look));
    },
    said(what) {
      captions.say(say.said[what]);
    },
  };

  /** Places to stand by their digits, then the ways out. */
  function list(scene: WalkScene, station: string): void {
    const places = Object.entries(scene.stations).sort(([, a], [, b]) => a.key - b.key);
    const leads = scene.doors[station]?.leads ?? [];
    fill(
      stations,
      ...places.map(([id, { title: name, key }]) =>
        h("button", {
          type: "button", class: "station", "data-key": id, title: name,
          "aria-current": id === station ? "location" : null,
          onclick: () => { walk.goTo(id); },
        }, h("kbd", { "aria-hidden": "true", "data-digit": key }), h("span", {}, name)),
      ),
      ...leads.map((lead) =>
        h("button", {
          type: "button", class: "station walk-way", "data-key": `way-${lead.room}`,
          "aria-label": `${say.goThrough}: ${lead.title}`, onclick: () => { walk.through(lead); },
        }, icon("arrow", 18), h("span", {}, lead.title)),
      ),
    );
    stations.querySelector<HTMLElement>("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  let walk: Walk;
  try {
    walk = new Walk(canvas, page, settings);
  } catch {
    place.prepend(h("div", { class: "wrap notice", role: "status" }, h("p", {}, say.noPicture), h("a", { href: place.dataset["home"] }, say.catalogue)));
    document.documentElement.dataset["ready"] = "words";
    return;
  }
  const sound = h("button", { type: "button", class: "button quiet walk-sound", onclick: () => {
    void settings.set({ sound: !settings.value.sound });
    walk.sounds.setOn(settings.value.sound);
    hearing();
  } }, say.sound);
  const hearing = (): void => { sound.setAttribute("aria-pressed", String(settings.value.sound)); };
  hearing();
  ends.append(sound, h("a", { class: "button quiet", href: place.dataset["home"] }, say.catalogue));
  place.replaceChildren(canvas, overlay);
  for (const [reality, name, help] of [["immersive-vr", say.headset, ""], ["immersive-ar", say.floor, say.floorHelp]] as const) {
    void walk.headset.offers(reality).then((offered) => {
      if (offered) ends.prepend(h("button", { type: "button", class: "button", "data-reality": reality, title: help, onclick: () => void walk.wear(reality) }, icon("headset"), name));
    });
  }
  const goInto = (room: string): void => {
    const address = rooms.find(({ dataset }) => dataset["room"] === room)?.dataset["scene"];
    if (address) void walk.enter(address, null);
  };
  pick.addEventListener("change", () => { goInto(pick.value); });
  addEventListener("popstate", () => {
    const link = rooms.find(({ pathname }) => pathname === location.pathname);
    if (link?.dataset["room"]) goInto(link.dataset["room"]);
  });
  await walk.enter(place.dataset["scene"] ?? "", null);
  Object.defineProperty(window, "walk", { get: (): WalkHook => walk.seen });
}
