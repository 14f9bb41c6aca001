import { describe, expect, it } from "vitest";
import { findByTyping, moveInList } from "./menu-keys";

describe("moving in a list", () => {
  it("wraps at both ends", () => {
    expect(moveInList("ArrowDown", 2, 3)).toBe(0);
    expect(moveInList("ArrowUp", 0, 3)).toBe(2);
  });
  it("jumps to the first and the last", () => {
    expect(moveInList("Home", 2, 4)).toBe(0);
    expect(moveInList("End", 0, 4)).toBe(3);
  });
  it("leaves other keys and empty lists alone", () => {
    expect(moveInList("Enter", 1, 3)).toBeNull();
    expect(moveInList("ArrowDown", 0, 0)).toBeNull();
  });
});

describe("finding by typing", () => {
  const labels = ["Take the vial", "Open the foil", "Ôl-lenwi", "Touch the neck"];
  it("steps on from the entry in focus with one letter", () => {
    expect(findByTyping(labels, "t", 0)).toBe(3);
    expect(findByTyping(labels, "t", 3)).toBe(0);
  });
  it("keeps the entry in focus while a word grows", () => {
    expect(findByTyping(labels, "ta", 0)).toBe(0);
  });
  it("overlooks accents and case", () => {
    expect(findByTyping(labels, "OL", 0)).toBe(2);
  });
  it("finds nothing where nothing starts so", () => {
    expect(findByTyping(labels, "x", 0)).toBeNull();
    expect(findByTyping(labels, "", 0)).toBeNull();
  });
});
