import { describe, expect, it } from "vitest";
import { SessionClock } from "./clock";

describe("the session clock", () => {
  it("counts twenty ticks a second from the server's tick", () => {
    const clock = new SessionClock();
    clock.start(100, 5_000);
    expect(clock.tick(5_000)).toBe(100);
    expect(clock.tick(6_000)).toBe(120);
    expect(clock.tick(6_049)).toBe(120);
    expect(clock.tick(6_050)).toBe(121);
  });

  it("stands still while it is stopped, and goes on from there", () => {
    const clock = new SessionClock();
    clock.start(0, 0);
    clock.stop("hidden", 1_000);
    expect(clock.tick(60_000)).toBe(20);
    clock.resume("hidden", 60_000);
    expect(clock.tick(61_000)).toBe(40);
  });

  it("goes on only when the last reason to stand is gone", () => {
    const clock = new SessionClock();
    clock.stop("loading", 0);
    clock.start(7, 0);
    clock.stop("hidden", 0);
    clock.resume("loading", 500);
    expect(clock.running).toBe(false);
    clock.resume("hidden", 1_000);
    expect(clock.tick(2_000)).toBe(27);
  });

  it("takes the server's tick after a reconnection, also where it had gone on without it", () => {
    const clock = new SessionClock();
    clock.start(0, 0);
    clock.stop("down", 2_000);
    clock.start(30, 9_000);
    clock.resume("down", 9_000);
    expect(clock.tick(9_000)).toBe(30);
  });

  it("runs slower for who asked for more time, without a jump", () => {
    const clock = new SessionClock();
    clock.start(0, 0);
    clock.stretch(2, 1_000);
    expect(clock.tick(1_000)).toBe(20);
    expect(clock.tick(2_000)).toBe(30);
  });

  it("keeps standing when stretched while stopped", () => {
    const clock = new SessionClock();
    clock.stop("loading", 0);
    clock.stretch(1.5, 0);
    expect(clock.running).toBe(false);
    expect(clock.tick(9_000)).toBe(0);
  });
});
