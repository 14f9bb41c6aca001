import type { Affordance, AmountSpec, Choice, Pattern, RecordField } from "../../contract";
import type { PathAnswer } from "../../ui-port";
import { number } from "../../i18n/format";
import { t, type TextKey } from "../../i18n/text";
import { handNote } from "../names";
import { checkEntry } from "../record-entry";
import { fractionOf, snapAmount, stepAmount } from "../steps";
import { capitals, LETTER_KEYS, NUMBER_KEYS, TIME_KEYS, typeKey, type Form, type FormRow } from "./form";

/** The questions of the headset as forms. Each gives its form through `show` as it changes, and its answer through `done`. */
export interface Asked<T> {
  show: (form: Form) => void;
  done: (answer: T | null) => void;
}

const cancel = (done: (answer: null) => void): FormRow => ({ id: "cancel", label: t("dialog.cancel"), press: () => done(null) });

export function menuForm(title: string, affordances: readonly Affordance[], { show, done }: Asked<Affordance>): void {
  show({
    title,
    ...(affordances.length === 0 ? { text: t("menu.none") } : {}),
    rows: affordances.map((affordance, index) => ({
      id: `row-${index}`,
      label: affordance.label,
      note: affordance.why_not ?? handNote(affordance),
      off: affordance.why_not !== null,
      press: () => done(affordance),
    })),
    foot: [cancel(done)],
  });
}

/** The dial; gives back the function that a stick or key nudges it with. */
export function amountForm(title: string, spec: AmountSpec, { show, done }: Asked<number>): (direction: -1 | 1, coarse: boolean) => void {
  let value = snapAmount(spec.start, spec);
  const set = (next: number): void => {
    value = next;
    show({
      title,
      dial: {
        value: `${number(value, 3)} ${spec.unit}`,
        fraction: fractionOf(value, spec),
        less: () => set(stepAmount(value, spec, -1)),
        more: () => set(stepAmount(value, spec, 1)),
        slide: (fraction) => set(snapAmount(spec.min + fraction * (spec.max - spec.min), spec)),
      },
      rows: [],
      foot: [cancel(done), { id: "do", label: t("amount.do"), primary: true, press: () => done(value) }],
    });
  };
  set(value);
  return (direction, coarse) => set(stepAmount(value, spec, direction, coarse));
}

export function choiceForm(title: string, text: string | null, choices: readonly Choice[], must: boolean, { show, done }: Asked<string>): void {
  show({
    title,
    ...(text === null ? {} : { text }),
    rows: choices.map((choice) => ({ id: `choice-${choice.id}`, label: choice.label, press: () => done(choice.id) })),
    ...(must ? {} : { foot: [cancel(done)] }),
  });
}

export function pathForm(title: string, patterns: readonly Pattern[], mayDraw: boolean, { show, done }: Asked<PathAnswer>): void {
  const rows: FormRow[] = patterns.map((pattern) => ({
    id: `pattern-${pattern.id}`,
    label: pattern.label,
    press: () => done({ kind: "pattern", path: pattern.path }),
  }));
  const draw: FormRow[] = mayDraw ? [{ id: "draw", label: t("path.draw"), primary: true, press: () => done({ kind: "draw" }) }] : [];
  show({ title, rows, foot: [cancel(done), ...draw] });
}

/** What spares the typing: what the row says, and what it enters. */
export interface Suggestion {
  label: string;
  text: string;
}

/** A number, a time or words, typed on the panel; suggestions spare the typing. */
export function typingForm(
  title: string,
  kind: "number" | "time" | "text",
  suggestions: readonly Suggestion[],
  check: (typed: string) => TextKey | null,
  { show, done }: Asked<string>,
): void {
  let typed = "";
  let capital = false;
  const rows = kind === "number" ? NUMBER_KEYS : kind === "time" ? TIME_KEYS : LETTER_KEYS;
  const draw = (problem: TextKey | null): void => {
    show({
      title,
      ...(problem === null ? {} : { text: t(problem) }),
      keys: {
        typed,
        rows: capital ? capitals(rows) : rows,
        press: (key) => {
          if (key === "shift") capital = !capital;
          else typed = typeKey(typed, key);
          draw(null);
        },
      },
      rows: typed === "" ? suggestions.slice(0, 1).map(({ label, text }) => ({ id: "say", label, press: () => done(text) })) : [],
      foot: [
        cancel(done),
        {
          id: "ok",
          label: t("dialog.ok"),
          primary: true,
          press: () => {
            const wrong = check(typed);
            if (wrong === null) done(typed.trim());
            else draw(wrong);
          },
        },
      ],
    });
  };
  draw(null);
}

/** An entry in the batch record, by the kind of its field; `clock` is the time on the wall. */
export function fieldForm(field: RecordField, choices: readonly Choice[], clock: string | undefined, asked: Asked<string>): void {
  const title = field.unit ? `${field.label} (${field.unit})` : field.label;
  if (field.type === "choice") {
    choiceForm(title, null, choices, false, asked);
    return;
  }
  const now = field.type === "time" && clock !== undefined ? [{ label: `${t("record.now")}: ${clock}`, text: clock }] : [];
  typingForm(title, field.type, now, (typed) => {
    const checked = checkEntry(field, typed);
    return checked.ok ? null : checked.problem;
  }, asked);
}
