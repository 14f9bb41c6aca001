import type { RecordField } from "../contract";
import type { TextKey } from "../i18n/text";

type Checked = { ok: true; value: string | number } | { ok: false; problem: TextKey };

/** What a person wrote into a field, as the record takes it: a number with point or comma, a time of day, or the text. Nothing is rounded. */
export function checkEntry(field: Pick<RecordField, "type">, written: string): Checked {
  const text = written.trim();
  if (text === "") return { ok: false, problem: "record.value.missing" };
  if (field.type === "time") {
    const [, hours, minutes] = /^(\d{1,2})[:.](\d{2})$/.exec(text) ?? [];
    if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return { ok: false, problem: "record.value.time" };
    return { ok: true, value: `${hours.padStart(2, "0")}:${minutes}` };
  }
  if (field.type !== "number") return { ok: true, value: text };
  const plain = text.replace(",", ".");
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain)) return { ok: false, problem: "record.value.number" };
  return { ok: true, value: Number(plain) };
}
