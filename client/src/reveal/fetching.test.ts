import { describe, expect, it } from "vitest";
import { sessionToken } from "./fetching";

const storage = (): Pick<Storage, "getItem" | "setItem"> => {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
};

describe("the token of a session", () => {
  it("comes in the fragment and is kept for the next visit", () => {
    const kept = storage();
    expect(sessionToken("s1", "#abc123", kept)).toBe("abc123");
    expect(sessionToken("s1", "", kept)).toBe("abc123");
    expect(sessionToken("s2", "", kept)).toBeNull();
  });
  it("is not taken from a moment of the page", () => {
    expect(sessionToken("s1", "#t=4900", storage())).toBeNull();
  });
});
