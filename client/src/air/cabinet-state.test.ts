import { describe, expect, it } from "vitest";
import { SNAPSHOT } from "../../test-fixtures/session";
import type { CabinetPanel } from "../contract";
import { airState } from "./cabinet-state";

const panel = (over: Partial<CabinetPanel>): CabinetPanel => ({ ...SNAPSHOT.panels.cabinet!, ...over });

describe("the state of the cabinet's air", () => {
  it("is the speed on the display", () => {
    expect(airState(panel({}))).toEqual({ speed: 0.45, protects: true });
  });
  it("is slower, and no first air, while the fan fails", () => {
    const readings = [{ label: "Airflow", value: 0.24, unit: "m/s", tone: "alarm" }];
    expect(airState(panel({ readings, alarm: "Airflow low" }))).toEqual({ speed: 0.24, protects: false });
  });
  it("stands while the fans do, whatever the display last said", () => {
    expect(airState(panel({ running: false }))).toEqual({ speed: 0, protects: false });
  });
  it("is no first air behind an open sash", () => {
    expect(airState(panel({ sash: "open" })).protects).toBe(false);
    expect(airState(panel({ sash: "working" })).protects).toBe(true);
  });
});
