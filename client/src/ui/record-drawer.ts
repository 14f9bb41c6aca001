import type { Choice, RecordField, RecordPanel, Snapshot } from "../contract";
import type { UiHost } from "../ui-port";
import { t, type TextKey } from "../i18n/text";
import { button, cancelButton, openDialog } from "./dialog";
import { fill, freshId, h } from "./dom";
import { icon } from "./icons";
import { when } from "./names";
import { checkEntry } from "./record-entry";

const MEANINGS = ["performed", "checked"] as const;

/** The batch record: entries at the time of the act, corrections that leave the first entry readable, signatures with a meaning. */
export class RecordSheet {
  private readonly drafts = new Map<string, string>();
  private correcting: string | null = null;
  private drawn = "";

  constructor(private readonly host: UiHost, private readonly dialogs: HTMLElement) {}

  draw(body: HTMLElement, record: RecordPanel | undefined, snapshot: Snapshot): void {
    if (!record) {
      fill(body, h("p", { class: "soft" }, t("record.empty")));
      this.drawn = "";
      return;
    }
    // A snapshot that changes nothing here must not take the pen out of the hand.
    const state = JSON.stringify({ ...record, time: null }) + String(this.correcting);
    if (state === this.drawn && body.querySelector(".record")) return;
    this.drawn = state;
    const again = (): void => this.draw(body, this.host.snapshot().panels.record, this.host.snapshot());
    fill(
      body,
      h("p", { class: "drawer-lead" }, [t("record.batch", { batch: record.batch }), record.today].filter(Boolean).join(" · ")),
      h("ul", { class: "record" }, ...record.fields.map((field) => this.field(field, snapshot, again))),
      h("h3", {}, t("record.signatures")),
      h("ul", { class: "record" }, ...record.signatures.map((signature) => this.signature(signature))),
    );
  }

  private field(field: RecordField, snapshot: Snapshot, again: () => void): HTMLElement {
    const id = freshId("field");
    const entered = field.value !== null || field.given === true;
    const line = h("li", { class: "record-field" });
    const label = h("span", { class: "label", id: `${id}-label` }, field.label);
    if (!entered) {
      line.append(label, this.entry(field, id, snapshot, null, again));
      return line;
    }
    line.append(
      label,
      h(
        "div",
        { class: "record-value" },
        h("strong", {}, shown(field, field.value)),
        field.at === null ? null : h("span", { class: "soft small" }, t("record.at", { time: when(field.at) })),
        this.correcting === field.id || field.given
          ? null
          : h(
              "button",
              {
                type: "button",
                class: "button quiet",
                "data-key": `correct-${field.id}`,
                "aria-describedby": `${id}-label`,
                onclick: () => {
                  this.correcting = field.id;
                  again();
                },
              },
              t("record.correct"),
            ),
      ),
      ...field.corrected.map((old) =>
        h("p", { class: "record-old small" }, h("s", {}, t("record.was", { old: shown(field, old.old) })), " ", t("record.because", { reason: old.reason, time: when(old.at) })),
      ),
    );
    if (this.correcting === field.id) {
      const reason = h("input", { type: "text", id: `${id}-reason`, "data-key": `reason-${field.id}`, value: this.drafts.get(`reason-${field.id}`) ?? "" });
      reason.addEventListener("input", () => this.drafts.set(`reason-${field.id}`, reason.value));
      line.append(this.entry(field, id, snapshot, reason, again));
    }
    return line;
  }

  /** The form of one entry; with a `reason` it is a correction. */
  private entry(field: RecordField, id: string, snapshot: Snapshot, reason: HTMLInputElement | null, again: () => void): HTMLElement {
    const control = this.control(field, id);
    const problem = h("p", { class: "field-problem", role: "alert" });
    const send = (): void => {
      const checked = checkEntry(field, control.value);
      if (!checked.ok) {
        problem.textContent = t(checked.problem);
        control.focus();
        return;
      }
      if (reason && reason.value.trim() === "") {
        problem.textContent = t("record.reason.missing");
        reason.focus();
        return;
      }
      this.drafts.delete(field.id);
      this.drafts.delete(`reason-${field.id}`);
      this.correcting = null;
      if (reason) this.host.send({ verb: "correct", field: field.id, value: checked.value, reason: reason.value.trim() });
      else this.host.send({ verb: "record", field: field.id, value: checked.value });
      again();
    };
    return h(
      "form",
      {
        class: "record-entry",
        onsubmit: (event: Event) => {
          event.preventDefault();
          send();
        },
      },
      h("div", { class: "record-line" }, control, field.unit ? h("span", { class: "soft" }, field.unit) : null,
        reason === null && h("button", { type: "submit", class: "button", "aria-describedby": `${id}-label`, "data-key": `enter-${field.id}` }, t("record.enter"))),
      field.type === "time" &&
        snapshot.panels.record?.time !== undefined &&
        h(
          "button",
          {
            type: "button",
            class: "button",
            onclick: () => {
              control.value = this.host.snapshot().panels.record?.time ?? "";
              send();
            },
          },
          t("record.now"),
        ),
      reason !== null && h("label", { class: "label", for: `${id}-reason` }, t("record.reason")),
      reason,
      reason !== null && h("p", { class: "soft small" }, t("record.reason.help")),
      problem,
      reason !== null &&
        h(
          "div",
          { class: "record-line" },
          cancelButton(() => {
            this.correcting = null;
            again();
          }),
          h("button", { type: "submit", class: "button primary" }, t("record.save")),
        ),
    );
  }

  private control(field: RecordField, id: string): HTMLInputElement | HTMLSelectElement {
    const draft = this.drafts.get(field.id) ?? "";
    const shared = { "aria-labelledby": `${id}-label`, "data-key": `value-${field.id}` };
    if (field.type === "choice") {
      const choices = (field.choices ?? []).map(asChoice);
      const select = h("select", shared, h("option", { value: "" }, t("record.choose")), ...choices.map((c) => h("option", { value: c.id, selected: c.id === draft }, c.label)));
      select.addEventListener("change", () => this.drafts.set(field.id, select.value));
      return select;
    }
    const input = h("input", {
      ...shared,
      type: "text",
      inputmode: field.type === "number" ? "decimal" : field.type === "time" ? "numeric" : "text",
      autocomplete: "off",
      placeholder: field.type === "time" ? "09:05" : null,
      value: draft,
    });
    input.addEventListener("input", () => this.drafts.set(field.id, input.value));
    return input;
  }

  private signature(signature: RecordPanel["signatures"][number]): HTMLElement {
    const signed = signature.at !== null;
    return h(
      "li",
      { class: "record-field" },
      h("span", { class: "label" }, signature.label),
      signed
        ? h("p", { class: "signed" }, icon("check"), t("record.signed", { meaning: meaningText(signature.meaning), time: when(signature.at) }))
        : h("div", { class: "record-value" }, h("span", { class: "soft" }, t("record.unsigned")), button(t("record.sign"), () => this.sign(signature))),
    );
  }

  private sign(signature: RecordPanel["signatures"][number]): void {
    const name = freshId("meaning");
    const meanings = MEANINGS.map((meaning) =>
      h("label", { class: "check" }, h("input", { type: "radio", name, value: meaning, checked: meaning === signature.meaning || meaning === "performed" }), meaningText(meaning)),
    );
    const body = h("fieldset", { class: "plain-fieldset" }, h("legend", { class: "label" }, t("record.meaning")), ...meanings);
    const done = (): void => {
      const chosen = body.querySelector<HTMLInputElement>("input:checked");
      if (!chosen) return;
      close();
      this.host.send({ verb: "sign", step: signature.step, meaning: chosen.value });
    };
    const close = openDialog(this.dialogs, {
      title: t("record.sign.as", { label: signature.label }),
      body: [body, h("p", { class: "soft" }, t("record.meaning.confirm"))],
      actions: [cancelButton(() => close()), button(t("record.sign"), done, "primary")],
      leave: () => close(),
    });
  }
}

const meaningText = (meaning: string | null): string =>
  meaning === null ? "" : (MEANINGS as readonly string[]).includes(meaning) ? t(`record.meaning.${meaning}` as TextKey) : meaning;

export const asChoice = (choice: string | Choice): Choice => (typeof choice === "string" ? { id: choice, label: choice } : choice);

export function shown(field: RecordField, value: string | number | null): string {
  if (value === null) return "–";
  if (field.type === "choice") {
    const choice = (field.choices ?? []).map(asChoice).find((c) => c.id === String(value));
    return choice?.label ?? String(value);
  }
  return field.unit ? `${value} ${field.unit}` : String(value);
}
