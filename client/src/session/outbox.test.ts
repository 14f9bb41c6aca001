import { describe, expect, it } from "vitest";
import { Outbox } from "./outbox";

describe("the outbox", () => {
  it("numbers actions and poses in one row", () => {
    const outbox = new Outbox();
    expect(outbox.number()).toBe(1);
    expect(outbox.add({ verb: "move", station: "cabinet" }, 5)).toEqual({ verb: "move", station: "cabinet", seq: 2, tick: 5 });
    expect(outbox.number()).toBe(3);
  });

  it("forgets an action only when it is on disk", () => {
    const outbox = new Outbox();
    outbox.add({ verb: "hint" }, 1);
    outbox.add({ verb: "hint" }, 2);
    outbox.acknowledge(1);
    expect(outbox.unacknowledged).toBe(1);
    outbox.acknowledge(2);
    expect(outbox.unacknowledged).toBe(0);
  });

  it("sends again what came after the server's last, in order", () => {
    const outbox = new Outbox();
    for (let tick = 1; tick <= 4; tick++) outbox.add({ verb: "hint" }, tick);
    expect(outbox.resume(2, 2).map((action) => [action.seq, action.tick])).toEqual([[3, 2], [4, 2]]);
    expect(outbox.add({ verb: "hint" }, 9).seq).toBe(5);
  });

  it("keeps the numbers of what it sends again, so that the server can tell what it knows", () => {
    const outbox = new Outbox();
    outbox.number();
    outbox.add({ verb: "hint" }, 1);
    outbox.number();
    outbox.add({ verb: "hint" }, 2);
    expect(outbox.resume(1, 1).map((action) => action.seq)).toEqual([2, 4]);
    expect(outbox.number()).toBe(5);
  });

  it("goes on after the server's last when the server has more than this page ever sent", () => {
    const outbox = new Outbox();
    expect(outbox.resume(41, 900)).toEqual([]);
    expect(outbox.number()).toBeGreaterThan(41);
  });

  it("stamps what it sends again with the server's time", () => {
    const outbox = new Outbox();
    outbox.add({ verb: "hint" }, 10);
    outbox.add({ verb: "hint" }, 200);
    expect(outbox.resume(0, 50).map((action) => action.tick)).toEqual([50, 50]);
  });

  it("drops a bad action for good", () => {
    const outbox = new Outbox();
    const bad = outbox.add({ verb: "hint" }, 1);
    outbox.discard(bad.seq);
    expect(outbox.resume(0, 0)).toEqual([]);
  });
});
