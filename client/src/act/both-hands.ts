import { type Quaternion, Vector3 } from "three";
import { type PoseFrame, type Side, SIDES, type Snapshot } from "../contract";
import type { World } from "../world/world";
import type { HandShape } from "../world/hands";
import { gripOf } from "../world/grips";
import { HandAgent } from "./hand-agent";
import type { Reach } from "./reach";

/** Fastest a hand goes by itself, m/s: inside the cabinet unhurried, elsewhere as people do. */
const CALM = 0.28;
const BRISK = 0.7;
const WIPING = 0.38;

const at = new Vector3();

/** Both hands of the trainee: who moves them, how fast, how they look, and what is told of them to the server. */
export class BothHands {
  readonly agents: Record<Side, HandAgent> = { left: new HandAgent("left"), right: new HandAgent("right") };
  /** The hand that a pointer moves. */
  active: Side = "right";
  /** Strokes are drawn: the hand may go as fast as one wipes. */
  wiping = false;
  /** Metres by which the person raised the hand above what it would do by itself. */
  lift = 0;
  readonly #pinching: Record<Side, boolean> = { left: false, right: false };
  readonly #frame: PoseFrame = {
    seq: 0, tick: 0,
    head: { position: [0, 0, 0], quaternion: [0, 0, 0, 1] },
    left: { position: [0, 0, 0], quaternion: [0, 0, 0, 1] },
    right: { position: [0, 0, 0], quaternion: [0, 0, 0, 1] },
  };
  readonly #leftPose = this.#frame.left;
  readonly #rightPose = this.#frame.right;

  constructor(private readonly world: World, private readonly reach: Reach) {}

  /** The person stands at a station: hands that no device moves wait before them. */
  stand(station: string): void {
    for (const side of SIDES) this.agents[side].put(this.reach.rest(station, side, at), this.reach.turn(station));
  }

  pinching(side: Side, pinching: boolean): void {
    this.#pinching[side] = pinching;
  }

  /** Moves both hands one frame on and draws them, for a person whose eyes are here. */
  frame(seconds: number, snapshot: Snapshot, stretch: number, eyes: Vector3, headTurn: Quaternion): void {
    const product = this.reach.overProduct(snapshot);
    // Speeds are judged in session time, which runs slower for who asked for more time.
    const speed = (this.wiping ? WIPING : product ? CALM : BRISK) / stretch;
    for (const side of SIDES) {
      const agent = this.agents[side];
      agent.frame(seconds, speed);
      const hand = snapshot.hands[side];
      this.world.hands.shape(side, this.#shape(side, snapshot), hand.glove === "torn", hand.wet);
      this.world.hand(side, agent.position, agent.quaternion, agent.seen, eyes, headTurn);
    }
  }

  #shape(side: Side, snapshot: Snapshot): HandShape {
    const { holds, grip } = snapshot.hands[side];
    const kind = holds === null ? undefined : snapshot.items[holds]?.kind;
    const model = kind === undefined ? undefined : this.world.models.get(kind);
    if (!model) return this.#pinching[side] ? "pinch" : "open";
    return gripOf(model.spec, grip).pose === "pinch" ? "pinch" : "grip";
  }

  /** Where head and hands are, in the room; the same object every time. */
  poses(head: Vector3, headTurn: Quaternion): PoseFrame {
    const frame = this.#frame;
    if (frame.head) write(frame.head, head, headTurn);
    frame.left = this.agents.left.seen ? this.#leftPose : null;
    frame.right = this.agents.right.seen ? this.#rightPose : null;
    for (const side of SIDES) {
      const pose = frame[side];
      if (pose) write(pose, this.agents[side].position, this.agents[side].quaternion);
    }
    return frame;
  }
}

function write(pose: NonNullable<PoseFrame["head"]>, position: Vector3, turn: Quaternion): void {
  pose.position[0] = position.x;
  pose.position[1] = position.y;
  pose.position[2] = position.z;
  pose.quaternion[0] = turn.x;
  pose.quaternion[1] = turn.y;
  pose.quaternion[2] = turn.z;
  pose.quaternion[3] = turn.w;
}
