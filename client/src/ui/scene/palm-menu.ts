import type { Affordance, RecordPanel, Snapshot, SopPanel } from "../../contract";
import type { AirView, UiHost } from "../../ui-port";
import { number } from "../../i18n/format";
import { t } from "../../i18n/text";
import { AIR_VIEWS, airWarning } from "../air-note";
import { openDecisions } from "../decide";
import { when } from "../names";
import { shown } from "../record-drawer";
import type { Form, FormRow } from "./form";

/** What the menu of the headset leads to; everything that stands beside the scene on a page is reached from here. */
export interface Ways {
  sop: () => void;
  record: () => void;
  decisions: () => void;
  air: () => void;
  uv: () => void;
  report: (target: string, affordance: Affordance) => void;
  finish: () => void;
}

/** The menu worn at the palm, or opened by a button. `chosen` runs before what a row does. */
export function palmForm(host: UiHost, ways: Ways, chosen: () => void): Form {
  const snapshot = host.snapshot();
  const row = (id: string, label: string, press: () => void, note: string | null = null): FormRow => ({
    id, label, note, press: () => { chosen(); press(); },
  });
  const decisions = openDecisions(snapshot).length;
  const stations = Object.entries(host.scene.stations).map(([id, station]) =>
    row(`station-${id}`, station.title, () => { host.goTo(id); }, id === snapshot.station ? t("bar.here") : null));
  const reports = reportsOf(snapshot).map(({ target, affordance }) =>
    row(`report-${affordance.id}`, affordance.label, () => { ways.report(target, affordance); }));
  return {
    title: t("xr.palm"),
    rows: [
      ...stations,
      row("sop", t("bar.sop"), ways.sop),
      row("record", t("bar.record"), ways.record),
      row("decisions", t("bar.decide"), ways.decisions, decisions > 0 ? number(decisions, 0) : null),
      ...(host.mode === "assessment" ? [] : [row("hint", t("bar.hint"), () => { host.send({ verb: "hint" }); })]),
      row("air", t("bar.air"), ways.air, host.air === null ? null : t(`air.${host.air}`)),
      row("uv", t("bar.uv"), ways.uv, host.uv ? t("air.shown") : null),
      ...reports,
      row("pace", t("bar.faster"), () => { host.send({ verb: "pace", value: snapshot.pace > 1 ? 1 : 10 }); }, snapshot.pace > 1 ? t("bar.pace", { n: snapshot.pace }) : null),
      row("recentre", t("bar.recentre"), () => { host.recentre(); }),
      row("leave", t("xr.exit"), () => void host.leaveVr()),
    ],
    foot: [{ id: "finish", label: t("bar.finish"), press: () => { chosen(); ways.finish(); } }],
  };
}

/** What can be reported from where the person stands, and through which thing. */
function reportsOf(snapshot: Snapshot): { target: string; affordance: Affordance }[] {
  return Object.entries(snapshot.affordances).flatMap(([target, list]) =>
    list.filter(({ verb, why_not }) => verb === "report" && why_not === null).map((affordance) => ({ target, affordance })));
}

const close = (done: () => void): FormRow => ({ id: "close", label: t("bar.close"), press: done });

/** What of the air can be shown, what its colours mean, and what the picture is worth; in an assessment why it is not shown. */
export function airForm(host: UiHost, choose: (view: AirView | null) => void, done: () => void): Form {
  if (host.mode === "assessment") return { title: t("air.title"), text: t("air.assessment"), rows: [], foot: [close(done)] };
  const { air } = host;
  const warning = airWarning(host.snapshot());
  const means = air === "particles" ? [t("air.means.glove"), t("air.means.sleeve")] : [t("air.means.straight"), t("air.means.turned")];
  const row = (id: string, label: string, view: AirView | null, note: string | null): FormRow => ({
    id, label, note, press: () => { done(); choose(view); },
  });
  return {
    title: t("air.title"),
    text: [...(warning === null ? [] : [warning]), ...(air === null ? [] : means), t("air.honest")].join(" "),
    rows: [
      ...AIR_VIEWS.map((view) => row(`air-${view}`, t(`air.${view}`), view, view === air ? t("air.shown") : null)),
      ...(air === null ? [] : [row("air-hide", t("air.hide"), null, null)]),
    ],
    foot: [close(done)],
  };
}

/** Ultraviolet light on or off, and what it is worth; in an assessment why there is none. */
export function uvForm(host: UiHost, toggle: () => void, done: () => void): Form {
  if (host.mode === "assessment") return { title: t("uv.title"), text: t("uv.assessment"), rows: [], foot: [close(done)] };
  return {
    title: t("uv.title"),
    text: `${t("relative")}. ${t("uv.honest")}`,
    rows: [{ id: "uv-toggle", label: t(host.uv ? "uv.hide" : "uv.show"), press: () => { done(); toggle(); } }],
    foot: [close(done)],
  };
}

/** The procedure as a list that opens at the step to do now; a press on a step shows its reason. */
export function sopForm(sop: SopPanel | undefined, show: (form: Form) => void, done: () => void): void {
  const steps = sop?.steps ?? [];
  const list = (from: number): void => {
    show({
      title: sop?.title ?? t("bar.sop"),
      ...(steps.length === 0 ? { text: t("sop.empty") } : {}),
      from,
      rows: steps.map((step, index) => ({
        id: `step-${index}`,
        label: step.title,
        note: step.state === "now" ? t("sop.now") : step.state === "done" ? t("sop.done") : null,
        press: () => {
          show({
            title: step.title,
            text: [step.why, step.source ? t("sop.source", { source: step.source }) : null].filter(Boolean).join(" · "),
            rows: [],
            foot: [{ id: "back", label: t("bar.sop"), press: () => { list(index); } }, close(done)],
          });
        },
      })),
      foot: [close(done)],
    });
  };
  list(Math.max(0, steps.findIndex((step) => step.state === "now")));
}

/** The batch record: each field and signature a row that enters it. */
export function recordForm(record: RecordPanel | undefined, enter: (field: string) => void, sign: (step: string) => void, done: () => void): Form {
  return {
    title: record ? `${record.title} ${record.batch}` : t("bar.record"),
    rows: [
      ...(record?.fields ?? []).map((field) => ({
        id: `field-${field.id}`,
        label: field.label,
        note: field.value === null ? t("record.enter") : shown(field, field.value),
        off: field.given === true,
        press: () => { done(); enter(field.id); },
      })),
      ...(record?.signatures ?? []).map((signature) => ({
        id: `sign-${signature.step}`,
        label: signature.label,
        note: signature.at === null ? t("record.sign") : when(signature.at),
        press: () => { done(); sign(signature.step); },
      })),
    ],
    foot: [close(done)],
  };
}

/** The decisions about things that are open; a press on one shows what stands on the thing's label, and its answers. */
export function decisionsForm(snapshot: Snapshot, send: UiHost["send"], show: (form: Form) => void, done: () => void): void {
  const questions = openDecisions(snapshot);
  show({
    title: t("bar.decide"),
    text: questions.length === 0 ? t("decide.empty") : t("decide.intro"),
    rows: questions.map((question) => ({
      id: `decide-${question.id}`,
      label: question.text,
      press: () => {
        show({
          title: question.text,
          text: (snapshot.items[question.item ?? ""]?.look.label ?? []).join(" · "),
          rows: question.choices.map((choice) => ({
            id: `choice-${choice.id}`,
            label: choice.label,
            press: () => { done(); send({ verb: "answer", question: question.id, choice: choice.id }); },
          })),
          foot: [close(done)],
        });
      },
    })),
    foot: [close(done)],
  });
}
