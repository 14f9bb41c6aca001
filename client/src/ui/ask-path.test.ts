import { describe, expect, it } from "vitest";
import { bounds } from "./ask-path";

describe("the page a path is drawn on", () => {
  it("holds every point with a margin", () => {
    const box = bounds([[[-0.5, -1.7], [0.5, -1.4]]]);
    expect(box.x).toBeLessThan(-0.5);
    expect(box.x + box.width).toBeGreaterThan(0.5);
    expect(box.z + box.height).toBeGreaterThan(-1.4);
  });
  it("is never flat, not even for one straight stroke or none", () => {
    expect(bounds([[[0, 0], [1, 0]]]).height).toBeGreaterThan(0);
    expect(bounds([]).width).toBeGreaterThan(0);
  });
});
