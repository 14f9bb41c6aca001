import type { Choice, Question } from "../contract";
import { t, type TextKey } from "../i18n/text";
import { button, openDialog } from "./dialog";
import { freshId, h } from "./dom";

/** The sheets that stand over the scene: help, pause, the self-rating before the end. */

const DEVICES: [TextKey, TextKey[]][] = [
  ["help.mouse", ["help.mouse.1", "help.mouse.2", "help.mouse.3", "help.mouse.4", "help.mouse.5"]],
  ["help.keyboard", ["help.keyboard.1", "help.keyboard.2", "help.keyboard.3", "help.keyboard.4", "help.keyboard.5"]],
  ["help.touch", ["help.touch.1", "help.touch.2", "help.touch.3", "help.touch.4"]],
  ["help.controller", ["help.controller.1", "help.controller.2", "help.controller.3"]],
  ["help.hands", ["help.hands.1", "help.hands.2", "help.hands.3"]],
];

export function openHelp(host: HTMLElement, coachAgain: () => void, closed: () => void): () => void {
  const leave = (): void => {
    close();
    closed();
  };
  const close = openDialog(host, {
    title: t("help.title"),
    kind: "sheet",
    body: [
      h(
        "div",
        { class: "help" },
        ...DEVICES.map(([title, lines]) => h("section", {}, h("h3", {}, t(title)), h("ul", {}, ...lines.map((line) => h("li", {}, t(line)))))),
      ),
    ],
    actions: [
      button(t("help.coach"), () => {
        leave();
        coachAgain();
      }),
      button(t("bar.close"), leave, "primary"),
    ],
    leave,
  });
  return close;
}

export function openPause(host: HTMLElement, resume: () => void): () => void {
  const leave = (): void => {
    close();
    resume();
  };
  const close = openDialog(host, {
    title: t("pause.title"),
    body: [h("p", {}, t("pause.text"))],
    actions: [
      h("a", { class: "button quiet", href: "/" }, t("pause.leave")),
      button(t("pause.resume"), leave, "primary"),
    ],
    leave,
  });
  return close;
}

/** The answers of the self-rating: the module's own, or five words where it asks none. */
export const ratingChoices = (question: Question | null): readonly Choice[] =>
  question?.choices ?? [1, 2, 3, 4, 5].map((n) => ({ id: String(n), label: t(`finish.${n}` as TextKey) }));

/** Self-rating first, then the end: the comparison is what teaches. Resolves to the rating, or null for "not yet". */
export function askFinish(host: HTMLElement, question: Question | null, stepsLeft: number): Promise<string | null> {
  return new Promise((resolve) => {
    const name = freshId("rating");
    const problem = h("p", { class: "field-problem", role: "alert" });
    const ratings = ratingChoices(question).map(({ id, label }) => {
      // The server may write "5: fully": number and word stand apart on the button.
      const [, word] = /^\d\s*:?\s*(.*)$/.exec(label) ?? [];
      return h(
        "label",
        { class: "rating" },
        h("input", { type: "radio", name, value: id, class: "visually-hidden" }),
        h("span", { class: "rating-number" }, id),
        h("span", { class: "rating-word" }, word ?? label),
      );
    });
    const set = h("fieldset", { class: "plain-fieldset" }, h("legend", { class: "label" }, question?.text ?? t("finish.ask")), h("div", { class: "ratings" }, ...ratings));
    const finish = (rating: string | null): void => {
      close();
      resolve(rating);
    };
    const done = (): void => {
      const chosen = set.querySelector<HTMLInputElement>("input:checked");
      if (chosen) finish(chosen.value);
      else {
        problem.textContent = t("finish.text");
        set.querySelector<HTMLInputElement>("input")?.focus();
      }
    };
    const close = openDialog(host, {
      title: t("finish.title"),
      body: [
        h("p", { class: "soft" }, t("finish.text")),
        set,
        problem,
        ...(stepsLeft > 0 ? [h("p", { class: "notice major" }, t("finish.unfinished", { n: stepsLeft }))] : []),
      ],
      actions: [button(t("finish.notYet"), () => finish(null), "quiet"), button(t("finish.do"), done, "primary")],
      leave: () => finish(null),
    });
  });
}
