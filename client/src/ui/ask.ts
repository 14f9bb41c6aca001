import type { Affordance, Choice } from "../contract";
import { t } from "../i18n/text";
import { button, cancelButton, openDialog } from "./dialog";
import { freshId, h } from "./dom";

/** Asks for one of several answers; each is a large button, so that one press answers. `must` leaves no way round it. */
export function askChoice(host: HTMLElement, title: string, text: string | null, choices: readonly Choice[], must = false): Promise<string | null> {
  return new Promise((resolve) => {
    const finish = (answer: string | null): void => {
      close();
      resolve(answer);
    };
    const close = openDialog(host, {
      title,
      body: [
        ...(text === null ? [] : [h("p", {}, text)]),
        h("div", { class: "choices" }, ...choices.map((choice) => button(choice.label, () => finish(choice.id), "choice"))),
      ],
      actions: must ? [] : [cancelButton(() => finish(null))],
      leave: must ? null : () => finish(null),
    });
  });
}

/** Asks for words; with `suggestions` a press fills them in. */
export function askText(host: HTMLElement, title: string, suggestions: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const id = freshId("text");
    const area = h("textarea", { id, rows: 3, "data-first": true });
    const problem = h("p", { class: "field-problem", role: "alert" });
    const finish = (answer: string | null): void => {
      close();
      resolve(answer);
    };
    const say = (): void => {
      const text = area.value.trim();
      if (text === "") {
        problem.textContent = t("text.empty");
        area.focus();
        return;
      }
      finish(text);
    };
    const close = openDialog(host, {
      title,
      body: [
        h("label", { class: "label", for: id }, t("text.title")),
        area,
        problem,
        ...(suggestions.length === 0
          ? []
          : [
              h(
                "div",
                { class: "choices" },
                ...suggestions.map((suggestion) =>
                  button(suggestion, () => {
                    area.value = suggestion;
                    area.focus();
                  }),
                ),
              ),
            ]),
      ],
      actions: [cancelButton(() => finish(null)), button(t("text.say"), say, "primary")],
      leave: () => finish(null),
    });
  });
}

/** Asks for a value: a number where the affordance gives a range or a number unit, else text. */
export function askValue(host: HTMLElement, title: string, affordance: Affordance): Promise<string | number | null> {
  return new Promise((resolve) => {
    const id = freshId("value");
    const unit = affordance.spec?.unit ?? "";
    const input = h("input", { type: "text", inputmode: "decimal", autocomplete: "off", id, "data-first": true });
    const problem = h("p", { class: "field-problem", role: "alert" });
    const finish = (answer: string | number | null): void => {
      close();
      resolve(answer);
    };
    const accept = (): void => {
      const text = input.value.trim();
      if (text === "") {
        problem.textContent = t("record.value.missing");
        input.focus();
        return;
      }
      const asNumber = Number(text.replace(",", "."));
      finish(Number.isFinite(asNumber) ? asNumber : text);
    };
    const form = h(
      "form",
      {
        class: "stack",
        onsubmit: (event: Event) => {
          event.preventDefault();
          accept();
        },
      },
      h("label", { class: "label", for: id }, t("value.title")),
      h("div", { class: "record-line" }, input, unit ? h("span", { class: "soft" }, unit) : null),
      problem,
    );
    const close = openDialog(host, {
      title,
      body: [form],
      actions: [cancelButton(() => finish(null)), button(t("dialog.ok"), accept, "primary")],
      leave: () => finish(null),
    });
  });
}
