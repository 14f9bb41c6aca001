import { fill, h } from "../ui/dom";
import { handName, sentence } from "../ui/names";
import type { Replay, Reveal } from "./contract";
import { heat } from "./heat-map";
import { monitoring } from "./monitoring";
import { opening, workOn } from "./opening";
import { plates } from "./plates";
import { ReplaySection } from "./replay-section";
import { risk } from "./risk";
import { closing, cost, findings, record, steps } from "./sections";

export interface RevealActions {
  fetchReplay: () => Promise<Replay>;
  download: () => void;
  again: () => void;
}

/** The whole debrief, in the order in which it teaches: one sentence, the three things, the moments, then the rest. */
export function showReveal(place: HTMLElement, reveal: Reveal, actions: RevealActions): void {
  const known = new Map(reveal.plates.map((plate) => [plate.item, plate.name]));
  for (const { item } of reveal.findings) if (item) known.set(item.id, item.name);
  const name = (id: string): string => {
    if (id === "hand:left" || id === "hand:right") return handName(id === "hand:left" ? "left" : "right");
    return known.get(id) ?? sentence(id);
  };
  const replay = new ReplaySection(reveal, actions.fetchReplay, name);
  const watch = (tick: number): void => void replay.watch(tick);
  fill(
    place,
    h(
      "article",
      { class: "reveal" },
      opening(reveal, actions.again),
      workOn(reveal.findings, watch),
      replay.element,
      findings(reveal, name, watch),
      risk(reveal),
      heat(reveal, watch),
      plates(reveal, watch),
      monitoring(reveal),
      record(reveal),
      cost(reveal),
      steps(reveal, watch),
      closing(reveal, actions.download, actions.again),
    ),
  );
}
