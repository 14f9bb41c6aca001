/** Gallery of the overlay: `?show=menu` and the like open one part of it; see the list below. */
import { Vector3 } from "three";
import type { Asking } from "../src/ui-port";
import { SettingsStore } from "../src/ui/settings";
import { Ui } from "../src/ui/ui";
import { SCENE, SNAPSHOT, stillHost } from "./session";

const query = new URLSearchParams(location.search);
const settings = new SettingsStore(null);
await settings.set({
  theme: query.get("theme") === "dark" ? "dark" : "light",
  contrast: query.get("contrast") === "high",
  language: query.get("lang") === "cy" ? "cy" : "en",
  text: (query.get("text") ?? "normal") as "normal",
  coached: query.get("show") !== "coach",
});
const host = stillHost(settings, { mode: (query.get("mode") ?? "guided") as "guided", language: settings.value.language });
const ui = new Ui(document.getElementById("ui") as HTMLElement, settings);
ui.begin(host);
const asking: Asking = { target: "bottle", name: "Product bottle, 50 mL", device: "mouse", at: new Vector3(), screen: { x: innerWidth * 0.52, y: innerHeight * 0.5 } };
const bottle = SNAPSHOT.affordances["bottle"] ?? [];
const press = (label: string): void => [...document.querySelectorAll("button")].find((b) => b.textContent === label)?.click();
const show: Record<string, () => void> = {
  menu: () => void ui.showMenu(asking, bottle),
  amount: () => void ui.askAmount(asking, bottle[0]!, { min: 0, max: 10, step: 0.1, start: 2, unit: "mL" }),
  path: () => void ui.askPath(asking, SNAPSHOT.affordances["surface:worktop"]![0]!, SNAPSHOT.affordances["surface:worktop"]![0]!.spec!.patterns!, true),
  text: () => void ui.askText(asking, { ...bottle[0]!, label: "Report to the supervisor" }),
  choice: () => void ui.askChoice(asking, { ...bottle[0]!, label: "Vial pack: accept it?" }, [{ id: "accept", label: "Accept" }, { id: "reject", label: "Reject" }]),
  sop: () => press("Procedure"),
  record: () => press("Batch record"),
  cabinet: () => press("Cabinet panel"),
  things: () => press("Within reach"),
  settings: () => press("Settings"),
  help: () => press("Help"),
  finish: () => press("Finish"),
  lost: () => ui.setConnection("lost"),
  said: () => {
    ui.caption("Step done: Lift the foil from vial 3 with the forceps");
    ui.hover({ id: "bottle", name: "Product bottle, 50 mL", first: "Draw product into the syringe" }, { x: innerWidth * 0.4, y: innerHeight * 0.55 });
    ui.refused("bottle", "The right hand already holds the syringe. Put it down first.");
  },
};
show[query.get("show") ?? ""]?.();
document.documentElement.dataset["ready"] = SCENE.module;
