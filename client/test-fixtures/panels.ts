/** Gallery of what is drawn on panels in the room and in the headset. */
import { useLanguage } from "../src/i18n/text";
import { amountForm, choiceForm, menuForm, typingForm, type Asked } from "../src/ui/scene/asks";
import { CanvasPanel } from "../src/ui/scene/canvas-panel";
import { drawForm, FORM_HEIGHT, FORM_WIDTH, type Form } from "../src/ui/scene/form";
import { fontsReady } from "../src/ui/scene/ink";
import { drawBand, drawCabinet, drawRecord, drawSop } from "../src/ui/scene/screens";
import { SNAPSHOT } from "./session";

await useLanguage(new URLSearchParams(location.search).get("lang") === "cy" ? "cy" : "en");
await fontsReady();
const asked = <T>(): Asked<T> => {
  const panel = new CanvasPanel("form", FORM_WIDTH, FORM_HEIGHT);
  document.body.append(panel.canvas);
  return { show: (form: Form) => panel.show(drawForm(form, 0, () => undefined)), done: () => undefined };
};
const screen = (width: number, height: number, show: (panel: CanvasPanel) => void): void => {
  const panel = new CanvasPanel("screen", width, height);
  document.body.append(panel.canvas);
  show(panel);
};
const { panels, affordances } = SNAPSHOT;
menuForm("Product bottle, 50 mL", affordances["bottle"] ?? [], asked());
amountForm("Draw product into the syringe", { min: 0, max: 10, step: 0.1, start: 2, unit: "mL" }, asked());
choiceForm("Your decision", "May the pack of vials be used?", [{ id: "a", label: "Accept" }, { id: "r", label: "Reject" }], true, asked());
typingForm("Deviation", "text", ["Airflow alarm"], () => null, asked());
typingForm("Airflow (m/s)", "number", [], () => null, asked());
screen(768, 537, (panel) => panel.show(drawSop(panels.sop, 768, 537, 0.236, () => undefined)));
screen(724, 1024, (panel) => panel.show(drawRecord(panels.record, 724, 1024, 0.21, () => undefined, () => undefined)));
screen(512, 224, (panel) => panel.show(drawCabinet(panels.cabinet, 512, 224, 0.16)));
screen(512, 224, (panel) => panel.show(drawCabinet({ ...panels.cabinet!, alarm: "Airflow below 0.36 m/s" }, 512, 224, 0.16)));
screen(1024, 160, (panel) => panel.show(drawBand("The right hand already holds the syringe. Put it down first.", 1024)));
document.documentElement.dataset["ready"] = "panels";
