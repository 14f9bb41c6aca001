/** The training session in a browser or a headset: what is wired to what. */
import "./scene.css";
import { Play } from "./play";
import { SettingsStore } from "./ui/settings";
import { Ui } from "./ui/ui";

const root = document.getElementById("app") ?? document.body.appendChild(Object.assign(document.createElement("div"), { id: "app" }));
const settings = new SettingsStore();

void settings.apply().then(() => {
  const overlay = document.createElement("div");
  const canvas = document.createElement("canvas");
  canvas.tabIndex = 0;
  root.append(canvas, overlay);
  const ui = new Ui(overlay, settings);
  new Play(canvas, root, ui, settings).open();
});
