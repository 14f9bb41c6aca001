import { describe, expect, it } from "vitest";
import { shortcut } from "./shortcuts";

const key = (over: object): Parameters<typeof shortcut>[0] => ({ key: "p", ctrlKey: false, metaKey: false, altKey: false, target: null, defaultPrevented: false, ...over });

describe("shortcuts", () => {
  it("open their tool, with or without shift", () => {
    expect(shortcut(key({}), false)).toBe("sop");
    expect(shortcut(key({ key: "R" }), false)).toBe("record");
  });
  it("stay out of the way of typing, dialogs and the browser's own keys", () => {
    expect(shortcut(key({ target: { tagName: "INPUT" } }), false)).toBeNull();
    expect(shortcut(key({}), true)).toBeNull();
    expect(shortcut(key({ ctrlKey: true }), false)).toBeNull();
    expect(shortcut(key({ defaultPrevented: true }), false)).toBeNull();
  });
  it("leave other keys alone", () => {
    expect(shortcut(key({ key: "m" }), false)).toBeNull();
  });
});
