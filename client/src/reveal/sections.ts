import { clockOfTick, money, number } from "../i18n/format";
import { t } from "../i18n/text";
import { h } from "../ui/dom";
import { icon } from "../ui/icons";
import { when } from "../ui/names";
import { rangeLine } from "./charts";
import type { Range, RecordComparison, Reveal, RevealFinding } from "./contract";
import { evidenceText } from "./evidence";
import { severityBadge, type Watch } from "./opening";

/** The rest of the debrief, in order of consequence: findings, record, cost, procedure, what this is, the receipt. */

const section = (id: string, title: string, ...body: (Node | null)[]): HTMLElement =>
  h("section", { class: "reveal-section", id, "aria-labelledby": `${id}-title` }, h("h2", { id: `${id}-title` }, title), ...body);

export function findings(reveal: Reveal, name: (id: string) => string, watch: Watch): HTMLElement {
  const count = reveal.findings.length;
  return section(
    "findings",
    t("reveal.all"),
    h("p", { class: "soft" }, count === 0 ? t("reveal.all.none") : count === 1 ? t("reveal.all.one") : t("reveal.all.count", { n: count })),
    count === 0 ? null : h("ul", { class: "findings" }, ...byCheck(reveal.findings).map((group) => findingLine(group, name, watch))),
  );
}

/** Findings of one check together, where the first and worst of them stands. */
export function byCheck(all: readonly RevealFinding[]): RevealFinding[][] {
  const groups = new Map<string, RevealFinding[]>();
  for (const finding of all) {
    const key = `${finding.check}/${finding.severity}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()];
}

function findingLine(group: readonly RevealFinding[], name: (id: string) => string, watch: Watch): HTMLElement | null {
  const [finding] = group;
  if (!finding) return null;
  const only = group.length === 1;
  return h(
    "li",
    { class: `finding ${finding.severity}` },
    h(
      "details",
      {},
      h(
        "summary",
        {},
        severityBadge(finding),
        h("span", { class: "finding-title" }, finding.title, only && finding.item ? h("span", { class: "finding-item" }, `: ${finding.item.name}`) : null),
        h("span", { class: "finding-time" }, only ? finding.at : t("reveal.all.times", { n: group.length })),
      ),
      h("dl", { class: "facts" }, h("dt", {}, t("reveal.why")), h("dd", {}, finding.why), h("dt", {}, t("reveal.source")), h("dd", {}, [finding.code, finding.paragraph || finding.source].filter(Boolean).join(" · "))),
      h("h3", { class: "occasions-title" }, t("reveal.evidence")),
      h(
        "ul",
        { class: "occasions" },
        ...group.map((one) =>
          h(
            "li",
            {},
            h("span", {}, one.item ? h("strong", {}, `${one.item.name}. `) : null, evidenceText(one, name)),
            h("button", { type: "button", class: "button", "aria-label": t("reveal.watch", { time: one.at }), onclick: () => watch(one.tick) }, icon("play", 16), one.at),
          ),
        ),
      ),
    ),
  );
}

export function record(reveal: Reveal): HTMLElement | null {
  const { records } = reveal;
  if (!records || records.fields.length === 0) return null;
  return section(
    "record",
    t("reveal.record"),
    h(
      "div",
      { class: "table-wrap", tabindex: 0, role: "group", "aria-labelledby": "record-title" },
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, ...[t("reveal.record.field"), t("reveal.record.value"), t("reveal.record.truth"), t("reveal.record.when"), t("reveal.record.state")].map((head) => h("th", { scope: "col" }, head)))),
        h("tbody", {}, ...records.fields.map(recordRow)),
      ),
    ),
    records.signatures.length === 0
      ? null
      : h(
          "ul",
          { class: "signatures" },
          ...records.signatures.map((s) =>
            h("li", {}, h("span", {}, `${s.label}: `), s.at === null ? h("span", { class: "badge major" }, t("record.unsigned")) : h("span", {}, t("record.signed", { meaning: s.meaning, time: when(s.at) }))),
          ),
        ),
  );
}

const STATE_LOOK = { agrees: "good", differs: "major", missing: "major", late: "minor" } as const;

function recordRow(field: RecordComparison): HTMLElement {
  const show = (value: string | number | null): string => (value === null ? "–" : field.unit ? `${value} ${field.unit}` : String(value));
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, field.label),
    h("td", {}, show(field.value)),
    h("td", {}, show(field.truth)),
    h("td", {}, when(field.at)),
    h("td", {}, h("span", { class: `badge ${STATE_LOOK[field.state]}` }, t(`reveal.record.${field.state}`))),
  );
}

export function cost(reveal: Reveal): HTMLElement | null {
  const { cost: bill } = reveal;
  if (!bill) return null;
  const amount = (value: number | Range): string => (typeof value === "number" ? number(value) : number(value.mid));
  const priced = (range: Range | null): string => (range === null ? "" : `${money(range.mid)} (${t("reveal.cost.range", { low: money(range.low), high: money(range.high) })})`);
  const weighed = (range: Range | null): string => (range === null ? "" : `${number(range.mid, 3)} kg`);
  return section(
    "cost",
    t("reveal.cost"),
    h("p", {}, t(reveal.outcome.verdict === "competent" ? "reveal.cost.saved" : "reveal.cost.batch")),
    h("div", { class: "ranges" }, rangeLine(bill.gbp, "gbp", t("reveal.cost.money")), rangeLine(bill.waste_kg, "kg", t("reveal.cost.waste"))),
    bill.lines.length === 0
      ? null
      : h(
          "details",
          { class: "more" },
          h("summary", {}, t("reveal.cost.lines", { n: bill.lines.length })),
          h(
            "div",
            { class: "table-wrap", tabindex: 0, role: "group", "aria-label": t("reveal.cost") },
            h(
              "table",
              {},
              h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("reveal.cost.line")), h("th", { scope: "col", class: "number" }, t("reveal.cost.amount")), h("th", { scope: "col", class: "number" }, t("reveal.cost.money")), h("th", { scope: "col", class: "number" }, t("reveal.cost.waste")))),
              h(
                "tbody",
                {},
                ...bill.lines.map((line) =>
                  h("tr", {}, h("th", { scope: "row" }, line.label), h("td", { class: "number" }, `${amount(line.quantity)} ${line.unit}`), h("td", { class: "number" }, priced(line.gbp)), h("td", { class: "number" }, weighed(line.waste_kg))),
                ),
              ),
            ),
          ),
        ),
    h("p", { class: "soft small" }, `${t("reveal.source")}: ${bill.source}`),
  );
}

export function steps(reveal: Reveal, watch: Watch): HTMLElement | null {
  if (reveal.steps.length === 0) return null;
  const done = reveal.steps.filter((step) => step.done >= step.of).length;
  return section(
    "steps",
    t("reveal.steps"),
    h("p", {}, t("reveal.steps.done", { n: done, all: reveal.steps.length })),
    h(
      "ol",
      { class: "step-list" },
      ...reveal.steps.map((step) => {
        const whole = step.done >= step.of;
        const { tick } = step;
        return h(
          "li",
          { class: whole ? "whole" : "short" },
          h("span", { class: "step-mark" }, whole ? icon("check", 18) : icon("minus", 18)),
          h("span", {}, step.title, h("span", { class: "visually-hidden" }, ` (${t(whole ? "sop.done" : "sop.skipped")})`)),
          h("span", { class: "soft" }, step.of > 1 ? `${step.done} / ${step.of}` : ""),
          tick === null ? h("span", {}) : h("button", { type: "button", class: "link-button", onclick: () => watch(tick) }, clockOfTick(tick)),
        );
      }),
    ),
  );
}

export function closing(reveal: Reveal, download: () => void, again: () => void): HTMLElement {
  const { receipt } = reveal;
  return h(
    "div",
    { class: "closing" },
    section("statement", t("reveal.evidenceTitle"), h("p", {}, reveal.notice ?? t("reveal.statement"))),
    section(
      "receipt",
      t("reveal.receipt"),
      receipt
        ? h("div", { class: "stack" }, h("p", {}, t("reveal.receipt.text")), h("p", { class: "hash" }, h("span", { class: "soft" }, `${receipt.record} · `), h("code", {}, receipt.hash)))
        : h("p", {}, t("reveal.receipt.none")),
      h(
        "div",
        { class: "actions" },
        h("button", { type: "button", class: "button", onclick: download }, icon("download"), t("reveal.log")),
        h("button", { type: "button", class: "button", onclick: () => print() }, t("reveal.print")),
      ),
    ),
    h(
      "section",
      { class: "again" },
      h("h2", {}, t("reveal.again")),
      h("p", {}, reveal.next.text ?? t("reveal.again.text")),
      h("button", { type: "button", class: "button primary large", onclick: again }, icon("again"), t("reveal.again.new")),
    ),
  );
}
