import type { Affordance, Question, Snapshot } from "../contract";
import type { UiHost } from "../ui-port";
import { t } from "../i18n/text";
import { h } from "./dom";

/** Decisions about things: asked in the thing's own menu, and listed together in a drawer for those who look for them. */

export const openDecisions = (snapshot: Snapshot): Question[] => snapshot.questions.filter((question) => question.item !== null);

/** A thing's open questions as entries of its menu, one for each answer. */
export function answersAsEntries(target: string, snapshot: Snapshot): Affordance[] {
  return openDecisions(snapshot)
    .filter((question) => question.item === target)
    .flatMap((question) =>
      question.choices.map((choice) => ({
        id: `answer:${question.id}:${choice.id}`,
        verb: "answer" as const,
        hand: null,
        part: null,
        label: `${question.text} ${choice.label}`,
        why_not: null,
        needs: null,
        spec: null,
        action: { verb: "answer" as const, question: question.id, choice: choice.id },
      })),
    );
}

/** The drawer: each question with what stands on the thing's label, and its answers. */
export function decisionsContent(snapshot: Snapshot, host: UiHost): Node[] {
  const questions = openDecisions(snapshot);
  if (questions.length === 0) return [h("p", { class: "soft" }, t("decide.empty"))];
  return [
    h("p", { class: "soft" }, t("decide.intro")),
    h(
      "ul",
      { class: "record" },
      ...questions.map((question) => {
        const id = question.item ?? "";
        const label = snapshot.items[id]?.look.label ?? [];
        return h(
          "li",
          { class: "record-field" },
          h("span", { class: "label" }, question.text),
          label.length > 0 && h("p", { class: "label-lines small" }, ...label.map((line) => h("span", {}, line))),
          h(
            "div",
            { class: "record-line" },
            h("button", { type: "button", class: "button quiet", "data-key": `look-${question.id}`, onclick: () => host.focusItem(id) }, t("decide.look")),
            ...question.choices.map((choice) =>
              h(
                "button",
                { type: "button", class: "button", "data-key": `${question.id}-${choice.id}`, "aria-label": `${question.text} ${choice.label}`, onclick: () => host.send({ verb: "answer", question: question.id, choice: choice.id }) },
                choice.label,
              ),
            ),
          ),
        );
      }),
    ),
  ];
}
