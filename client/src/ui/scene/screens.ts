import type { CabinetPanel, RecordPanel, SopPanel } from "../../contract";
import { number } from "../../i18n/format";
import { t } from "../../i18n/text";
import { runningText } from "../cabinet-drawer";
import { when } from "../names";
import { shown } from "../record-drawer";
import type { Area, Draw } from "./canvas-panel";
import { drawText, type Ink } from "./ink";

/**
 * What stands on the screens in the room. Sizes follow from the reading distance: letters of 0.55 degrees are 9.6 mm
 * at 1 m; Atkinson's capitals are 0.67 of its size, so a line of text is 14 mm of screen or more.
 */
const TEXT_MM = 14.5;
const MARGIN = 20;

/** Pixels of a text size for a screen `metres` wide drawn on `pixels`. */
export const textSize = (pixels: number, metres: number): number => Math.round((TEXT_MM / 1000 / metres) * pixels);

export function drawSop(sop: SopPanel | undefined, width: number, height: number, metres: number, open: () => void): Draw {
  return (context, ink) => {
    const size = textSize(width, metres);
    const inner = width - 2 * MARGIN;
    if (!sop) {
      drawText(context, t("sop.empty"), { x: MARGIN, y: MARGIN, width: inner, size, color: ink.soft });
      return [];
    }
    let y = drawText(context, sop.operation ?? sop.title, { x: MARGIN, y: MARGIN, width: inner, size, color: ink.soft, lines: 1 }) + 6;
    const now = Math.max(0, sop.steps.findIndex((s) => s.state === "now"));
    for (const step of sop.steps.slice(now)) {
      if (y > height - size * 1.6) break;
      const current = step.state === "now";
      if (current) {
        context.fillStyle = ink.accent;
        context.fillRect(0, y + 4, 10, size * 1.3);
      }
      y = drawText(context, step.title, { x: MARGIN, y, width: inner, size, color: current || !step.state ? ink.text : ink.soft, bold: current, lines: 2 }) + 6;
      if (current && step.why && y < height - size * 4) y = drawText(context, step.why, { x: MARGIN, y, width: inner, size, color: ink.soft, lines: 3 }) + 6;
    }
    return [{ id: "open", x: 0, y: 0, width, height, press: open }];
  };
}

export function drawCabinet(cabinet: CabinetPanel | null | undefined, width: number, height: number, metres: number): Draw {
  return (context, ink) => {
    if (!cabinet) return [];
    const size = textSize(width, metres);
    const inner = width - 2 * MARGIN;
    if (cabinet.alarm !== null) {
      context.fillStyle = ink.alarm;
      context.fillRect(0, 0, width, height);
      const y = drawText(context, t("cabinet.alarm"), { x: MARGIN, y: MARGIN - 6, width: inner, size, color: ink.back, bold: true, lines: 1 });
      drawText(context, cabinet.alarm, { x: MARGIN, y, width: inner, size, color: ink.back, lines: 2 });
      return [];
    }
    let y = drawText(context, runningText(cabinet), { x: MARGIN, y: MARGIN - 8, width: inner, size, color: cabinet.running ? ink.soft : ink.alarm, lines: 1 });
    for (const reading of cabinet.readings) {
      if (y > height - size) break;
      const value = typeof reading.value === "number" ? number(reading.value, 2) : reading.value;
      y = drawText(context, `${value} ${reading.unit}`, { x: MARGIN, y, width: inner, size: Math.round(size * 1.5), color: reading.tone === "normal" ? ink.text : ink.alarm, bold: true, lines: 1 });
    }
    return [];
  };
}

/** The page of the batch record: paper, so dark on light; a press on a line enters it. */
export function drawRecord(record: RecordPanel | undefined, width: number, height: number, metres: number, enter: (field: string) => void, sign: (step: string) => void): Draw {
  return (context, ink, hovered) => {
    const paper = { back: "#fbfbf8", text: "#14222b", soft: "#455863", line: "#ccd6db" };
    context.fillStyle = paper.back;
    context.fillRect(0, 0, width, height);
    if (!record) return [];
    const areas: Area[] = [];
    const size = Math.min(textSize(width, metres), Math.floor((height - 90) / (record.fields.length + record.signatures.length + 2) / 1.25));
    const line = Math.round(size * 1.25);
    const inner = width - 2 * MARGIN;
    let y = drawText(context, `${record.title} ${record.batch}`, { x: MARGIN, y: 14, width: inner, size: Math.round(size * 1.1), color: paper.text, bold: true, lines: 1 }) + 8;
    const rule = (label: string, value: string, id: string, press: () => void, soft: boolean): void => {
      const box = { x: 0, y, width, height: line };
      if (hovered === id) {
        context.fillStyle = "#e7eeff";
        context.fillRect(box.x, box.y, box.width, box.height);
      }
      drawText(context, label, { x: MARGIN, y, width: inner * 0.56, size, color: paper.soft, lines: 1 });
      drawText(context, value, { x: MARGIN + inner * 0.58, y, width: inner * 0.42, size, color: soft ? paper.soft : paper.text, bold: !soft, lines: 1 });
      context.fillStyle = paper.line;
      context.fillRect(MARGIN, y + line - 2, inner, 2);
      areas.push({ id, ...box, press });
      y += line;
    };
    for (const field of record.fields) {
      rule(field.label, field.value === null ? t("record.enter") : shown(field, field.value), `field-${field.id}`, () => enter(field.id), field.value === null);
    }
    y += 10;
    for (const signature of record.signatures) {
      rule(signature.label, signature.at === null ? t("record.sign") : when(signature.at), `sign-${signature.step}`, () => sign(signature.step), signature.at === null);
    }
    void ink;
    return areas;
  };
}

/** A band of words that follows the head in the headset: captions and refusals. */
export function drawBand(text: string, width: number): Draw {
  return (context, ink: Ink) => {
    context.clearRect(0, 0, width, 160);
    context.fillStyle = ink.back;
    context.beginPath();
    context.roundRect(0, 0, width, 160, 20);
    context.fill();
    drawText(context, text, { x: 28, y: 22, width: width - 56, size: 44, color: ink.text, lines: 2 });
    return [];
  };
}
