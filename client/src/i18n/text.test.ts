import { afterEach, describe, expect, it } from "vitest";
import { cy } from "./cy";
import { en } from "./en";
import { clock, clockOfTick, duration, money, percent, significant } from "./format";
import { t, useLanguage } from "./text";

const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? "").sort();

afterEach(() => useLanguage("en"));

describe("texts", () => {
  it("exist in both languages with the same places to fill", () => {
    expect(Object.keys(cy).sort()).toEqual(Object.keys(en).sort());
    for (const key of Object.keys(en) as (keyof typeof en)[]) expect([key, places(cy[key])]).toEqual([key, places(en[key])]);
  });
  it("are translated, save for what is the same in both", () => {
    const same = (Object.keys(en) as (keyof typeof en)[]).filter((key) => cy[key] === en[key]);
    expect(same.length).toBeLessThan(8);
  });
  it("fill their places and leave unknown ones readable", async () => {
    expect(t("record.batch", { batch: "B-1" })).toBe("Batch B-1");
    expect(t("record.batch")).toBe("Batch {batch}");
    await useLanguage("cy");
    expect(t("record.batch", { batch: "B-1" })).toBe("Swp B-1");
  });
});

describe("numbers and times", () => {
  it("write session time as minutes and seconds", () => {
    expect(clock(0)).toBe("0:00");
    expect(clockOfTick(4900)).toBe("4:05");
    expect(clock(3725)).toBe("1:02:05");
  });
  it("write a length of time in its own unit", () => {
    expect(duration(0.84)).toBe("0.8 s");
    expect(duration(59.6)).toBe("1 min");
    expect(duration(765)).toBe("12 min 45 s");
  });
  it("write doses by their significant figures, never as nothing when there is something", () => {
    expect(significant(0)).toBe("0");
    expect(significant(0.00012)).toBe("< 0.001");
    expect(significant(0.0456)).toBe("0.046");
    expect(significant(1234.5)).toBe("1,235");
  });
  it("write shares and money as read", () => {
    expect(percent(0.004)).toBe("< 1%");
    expect(percent(0)).toBe("0%");
    expect(money(6.6)).toBe("£6.60");
    expect(money(1640)).toBe("£1,640");
  });
});
