import { describe, expect, it } from "vitest";
import { checkEntry } from "./record-entry";

describe("an entry in the batch record", () => {
  it("is a number as written, with point or comma, and never rounded", () => {
    expect(checkEntry({ type: "number" }, " 0,452 ")).toEqual({ ok: true, value: 0.452 });
    expect(checkEntry({ type: "number" }, "12")).toEqual({ ok: true, value: 12 });
  });
  it("is a time of day with two digits each", () => {
    expect(checkEntry({ type: "time" }, "9:05")).toEqual({ ok: true, value: "09:05" });
    expect(checkEntry({ type: "time" }, "25:00")).toEqual({ ok: false, problem: "record.value.time" });
    expect(checkEntry({ type: "time" }, "now")).toEqual({ ok: false, problem: "record.value.time" });
  });
  it("says what is wrong with anything else", () => {
    expect(checkEntry({ type: "number" }, "about 2")).toEqual({ ok: false, problem: "record.value.number" });
    expect(checkEntry({ type: "text" }, "   ")).toEqual({ ok: false, problem: "record.value.missing" });
  });
});
