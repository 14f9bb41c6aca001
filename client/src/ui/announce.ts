import type { SessionEvent } from "../contract";
import type { UiHost } from "../ui-port";
import { t } from "../i18n/text";
import type { Sounds } from "./sound";

interface Voice {
  host: UiHost;
  sounds: Sounds;
  caption: (text: string) => void;
  /** Says what was asked for: it is shown also to those who want no captions. */
  answer: (text: string) => void;
}

/** What an event sounds like and what is said of it. Assessment says only what a person in the room would hear. */
export function say(event: SessionEvent, { host, sounds, caption, answer }: Voice): void {
  switch (event.kind) {
    case "cue":
      caption(String(event["text"] ?? ""));
      break;
    case "alarm":
      caption(t(event["on"] === true ? "caption.alarm" : "caption.alarmStops"));
      break;
    case "moved":
      sounds.steps();
      caption(t("caption.steps"));
      break;
    case "surface_wetted":
      // A wipe is silent; what was sprayed hissed.
      if (event["path"] === undefined && !event["order"]) {
        sounds.spray();
        caption(t("caption.spray"));
      }
      break;
    case "operated":
      sounds.click();
      if (event["control"] === "power") caption(t(event["value"] === true || event["value"] === "on" ? "caption.hum" : "caption.humStops"));
      else caption(t("caption.click"));
      break;
    case "opened":
      if (event["target_kind"] === "pack") {
        sounds.peel();
        caption(t("caption.peel"));
      }
      break;
    case "item_moved":
      if (event["how"] === "drop") {
        sounds.drop();
        caption(t("caption.drop"));
      }
      break;
    case "garment_state":
      if (event["state"] === "torn") caption(t("caption.tear"));
      break;
    case "hinted": {
      const step = host.scene.steps.find((s) => s.id === event["step"]);
      if (step) answer(t("caption.hint", { text: step.title }));
      break;
    }
    case "step_done":
      if (host.mode === "guided") {
        const step = host.scene.steps.find((s) => s.id === event["step"]);
        if (step) caption(t("caption.done", { step: step.title }));
      }
      break;
    default:
  }
}
