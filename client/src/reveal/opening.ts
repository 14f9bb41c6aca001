import { duration, number, significant } from "../i18n/format";
import { t } from "../i18n/text";
import { h, svg } from "../ui/dom";
import { icon } from "../ui/icons";
import { scoreBar } from "./charts";
import type { Reveal, RevealFinding } from "./contract";

export type Watch = (tick: number) => void;

/** The opening: one sentence to take home, the self-rating beside the result, and the three things to work on next. */
export function opening(reveal: Reveal, again: () => void): HTMLElement {
  // One sentence is what a person repeats; what qualifies it stands below.
  const [, sentence = reveal.headline, rest = ""] = /^(.*?[.!?])\s+(.+)$/s.exec(reveal.headline) ?? [];
  return h(
    "header",
    { class: "reveal-open" },
    h("h1", { class: "headline" }, sentence),
    rest && h("p", { class: "lead" }, rest),
    h("div", { class: "beside" }, selfRating(reveal), result(reveal)),
    h("div", { class: "actions" }, h("button", { type: "button", class: "button", onclick: again }, icon("again"), t("reveal.again.new"))),
  );
}

function selfRating({ self_rating }: Reveal): HTMLElement {
  const rating = self_rating === null ? null : Number(self_rating);
  return h(
    "section",
    { class: "card self-rating" },
    h("h2", { class: "label" }, t("reveal.self")),
    rating === null
      ? h("p", {}, t("reveal.self.none"))
      : h(
          "div",
          { class: "self-line" },
          h("strong", { class: "big" }, t("reveal.self.of", { n: rating })),
          svg(
            "svg",
            { viewBox: "0 0 120 24", width: 120, height: 24, "aria-hidden": "true" },
            ...[1, 2, 3, 4, 5].map((n) => svg("circle", { cx: n * 24 - 12, cy: 12, r: 8, class: n <= rating ? "dot full" : "dot" })),
          ),
        ),
  );
}

function result({ outcome, findings }: Reveal): HTMLElement {
  const critical = findings.filter((f) => f.severity === "critical").length;
  const competent = outcome.verdict === "competent";
  const row = (label: string, ...value: (Node | string | null)[]): HTMLElement => h("div", { class: "profile-row" }, h("dt", {}, label), h("dd", {}, ...value));
  return h(
    "section",
    { class: "card result" },
    h("h2", { class: "label" }, t("reveal.result")),
    h("strong", { class: `big verdict ${competent ? "is-good" : "is-not-yet"}` }, t(`reveal.verdict.${outcome.verdict}`)),
    outcome.mode === "assessment" ? null : h("p", { class: "soft small" }, t("reveal.practice")),
    h(
      "dl",
      { class: "profile" },
      row(t("reveal.gate"), critical === 0 ? h("span", { class: "badge good" }, t("reveal.gate.none")) : h("span", { class: "badge critical" }, number(critical))),
      row(t("reveal.checklist"), scoreBar(outcome.checklist.score, outcome.checklist.max)),
      row(t("reveal.records"), scoreBar(outcome.records.score, outcome.records.max)),
      outcome.dose && row(t("reveal.dose"), h("strong", {}, significant(outcome.dose.expected_cfu)), h("span", { class: "soft small" }, ` ${t("relative")}`)),
      row(t("reveal.time"), h("strong", {}, duration(outcome.seconds)), h("span", { class: "soft small" }, ` ${t("reveal.time.note")}`)),
    ),
  );
}

/** Three findings at most, one per check: what to work on next, each a press away from its moment. */
export function workOn(findings: readonly RevealFinding[], watch: Watch): HTMLElement {
  const chosen: RevealFinding[] = [];
  for (const finding of findings) {
    if (chosen.length < 3 && !chosen.some((f) => f.check === finding.check)) chosen.push(finding);
  }
  return h(
    "section",
    { class: "reveal-section" },
    h("h2", {}, t("reveal.workon")),
    chosen.length === 0
      ? h("p", { class: "notice good" }, t("reveal.workon.none"))
      : h(
          "ol",
          { class: "work-on" },
          ...chosen.map((finding) =>
            h(
              "li",
              { class: `card work ${finding.severity}` },
              severityBadge(finding),
              h("h3", {}, finding.title),
              h("p", {}, finding.advice ?? finding.why),
              h("button", { type: "button", class: "button primary", onclick: () => watch(finding.tick) }, icon("play"), t("reveal.watch", { time: finding.at })),
            ),
          ),
        ),
  );
}

export const severityBadge = (finding: RevealFinding): HTMLElement => h("span", { class: `badge ${finding.severity}` }, t(`reveal.severity.${finding.severity}`));
