import { duration, number, significant } from "../i18n/format";
import { tMaybe } from "../i18n/text";
import { sentence } from "../ui/names";
import type { RevealFinding } from "./contract";

/** Facts too long or too technical for a line in words; they stay in the log. */
const LEFT_OUT = new Set(["events", "text", "tick", "from_tick", "to_tick"]);

/** The evidence of a finding in one line: the server's words, or item and measured values. */
export function evidenceText(finding: RevealFinding, name: (id: string) => string): string {
  const { evidence } = finding;
  if (typeof evidence["text"] === "string") return evidence["text"];
  const parts: string[] = [];
  for (const [key, value] of Object.entries(evidence)) {
    if (LEFT_OUT.has(key) || value === null || typeof value === "object") continue;
    if (key === "item" || key === "by" || key === "with") parts.push(name(String(value)));
    else parts.push(`${label(key)} ${measured(key, value as string | number | boolean)}`);
  }
  if (finding.seconds > 0 && !("seconds" in evidence)) parts.push(duration(finding.seconds));
  return parts.join(", ");
}

/** What a measured value is called; its unit stands at the number, not in the name. */
const label = (key: string): string => tMaybe(`evidence.${key}`, sentence(key.replace(/_(m_s|ml)$/, "")).toLowerCase());

function measured(key: string, value: string | number | boolean): string {
  if (typeof value !== "number") return String(value);
  if (key.endsWith("seconds")) return duration(value);
  if (key.endsWith("cfu")) return significant(value);
  if (key.endsWith("m_s")) return `${number(value, 2)} m/s`;
  if (key === "ml" || key.endsWith("_ml")) return `${number(value, 2)} mL`;
  return number(value, 3);
}
