import { Quaternion, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { HandAgent } from "./hand-agent";

const turn = new Quaternion();
const SPEED = 0.28;

function run(agent: HandAgent, seconds: number, each?: (moved: number) => void): void {
  const last = new Vector3();
  for (let t = 0; t < seconds; t += 0.02) {
    last.copy(agent.position);
    agent.frame(0.02, SPEED);
    each?.(agent.position.distanceTo(last) / 0.02);
  }
}

describe("a hand", () => {
  it("follows a flicked pointer no faster than it may, and gets there", () => {
    const agent = new HandAgent("right");
    agent.put(new Vector3(), turn);
    agent.follow(new Vector3(1, 0, 0), turn);
    run(agent, 2, (speed) => { expect(speed).toBeLessThanOrEqual(SPEED + 1e-9); });
    expect(agent.position.x).toBeGreaterThan(0.4);
    run(agent, 4);
    expect(agent.position.x).toBeCloseTo(1, 3);
  });

  it("says when it has arrived at the end of its way", async () => {
    const agent = new HandAgent("right");
    agent.put(new Vector3(), turn);
    const arrival = agent.travel([new Vector3(0, 0.2, 0), new Vector3(0.2, 0.2, 0), new Vector3(0.2, 0, 0)], turn);
    expect(agent.travelling).toBe(true);
    let highest = 0;
    run(agent, 4, () => { highest = Math.max(highest, agent.position.y); });
    await expect(arrival).resolves.toBe(true);
    expect(highest).toBeGreaterThan(0.19);
    expect(agent.position.distanceTo(new Vector3(0.2, 0, 0))).toBeLessThan(0.01);
  });

  it("gives up a way when it is sent elsewhere", async () => {
    const agent = new HandAgent("right");
    const first = agent.travel([new Vector3(1, 0, 0)], turn);
    const second = agent.travel([new Vector3(0, 0, 0.1)], turn);
    await expect(first).resolves.toBe(false);
    run(agent, 2);
    await expect(second).resolves.toBe(true);
  });

  it("is there already when it need not move", async () => {
    await expect(new HandAgent("left").travel([new Vector3(0.001, 0, 0)], turn)).resolves.toBe(true);
  });

  it("is exactly where its device is, in the same frame", () => {
    const agent = new HandAgent("left");
    agent.track(new Vector3(5, 1, 2), turn);
    agent.frame(0.01, SPEED);
    expect(agent.position.toArray()).toEqual([5, 1, 2]);
  });

  it("comes back to its device after being sent to something far", async () => {
    const agent = new HandAgent("left");
    agent.track(new Vector3(), turn);
    agent.frame(0.02, SPEED);
    const arrival = agent.travel([new Vector3(0.2, 0, 0)], turn);
    run(agent, 2);
    await expect(arrival).resolves.toBe(true);
    agent.track(new Vector3(0, 0.1, 0), turn);
    run(agent, 3);
    expect(agent.position.toArray()).toEqual([0, 0.1, 0]);
  });

  it("stays where it was when its device is lost", () => {
    const agent = new HandAgent("left");
    agent.track(new Vector3(0.3, 1, 0), turn);
    agent.frame(0.02, SPEED);
    agent.untrack();
    run(agent, 1);
    expect(agent.position.toArray()).toEqual([0.3, 1, 0]);
  });
});
