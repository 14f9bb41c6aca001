import { describe, expect, it } from "vitest";
import { capitals, LETTER_KEYS, NUMBER_KEYS, TIME_KEYS, typeKey } from "./form";
import { wrapText } from "./ink";
import { textSize } from "./screens";

describe("typing on a panel", () => {
  it("adds, spaces and takes back", () => {
    expect(["2", ".", "0"].reduce(typeKey, "")).toBe("2.0");
    expect(typeKey("ab", "space")).toBe("ab ");
    expect(typeKey("ab", "back")).toBe("a");
    expect(typeKey("", "back")).toBe("");
  });
  it("sets and lifts the roof of a vowel, as Welsh needs, and of nothing else", () => {
    expect([..."gw", "ˆ", "r"].reduce(typeKey, "")).toBe("gŵr");
    for (const [plain, roof] of ["aâ", "eê", "iî", "oô", "uû", "wŵ", "yŷ", "YŶ"]) {
      expect(typeKey(`t${plain}`, "ˆ")).toBe(`t${roof}`);
      expect(typeKey(`t${roof}`, "ˆ")).toBe(`t${plain}`);
    }
    expect(["", "t", "3", " "].map((typed) => typeKey(typed, "ˆ"))).toEqual(["", "t", "3", " "]);
    expect(LETTER_KEYS.flat()).toContain("ˆ");
  });
  it("has every key a value, a time and a sentence need", () => {
    for (const digit of "0123456789") for (const keys of [NUMBER_KEYS, TIME_KEYS, LETTER_KEYS]) expect(keys.flat()).toContain(digit);
    expect(TIME_KEYS.flat()).toContain(":");
    for (const letter of "abcdefghijklmnopqrstuvwxyz") expect(LETTER_KEYS.flat()).toContain(letter);
    for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZ") expect(capitals(LETTER_KEYS).flat()).toContain(letter);
    expect(capitals(LETTER_KEYS).flat()).toContain("space");
  });
});

describe("text on a panel", () => {
  const measure = (text: string): number => text.length;
  it("breaks between words", () => {
    expect(wrapText(measure, "draw two millilitres", 8)).toEqual(["draw two", "millilitres"]);
  });
  it("ends in an ellipsis when there is more than fits", () => {
    const [first, last, ...rest] = wrapText(measure, "one two three four five", 9, 2);
    expect([first, rest.length]).toEqual(["one two", 0]);
    expect(last).toMatch(/…$/);
    expect(last?.length).toBeLessThanOrEqual(9);
  });
  it("is at least 0.55 degrees high at a metre: capitals are two thirds of the size", () => {
    const metres = 0.236;
    const pixels = 768;
    const capital = ((textSize(pixels, metres) * 0.67) / pixels) * metres;
    expect((Math.atan(capital / 1) * 180) / Math.PI).toBeGreaterThanOrEqual(0.55);
  });
});
