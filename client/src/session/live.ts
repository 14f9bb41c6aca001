import {
  type Action, type ActionBody, type ClientMessage, type Face, FATAL_CLOSE, type PoseFrame, PROTOCOL, type Refused, type ServerMessage,
  type SessionEvent, type Snapshot, type Welcome, type WireError,
} from "../contract";
import type { Connection } from "../ui-port";
import { SessionClock } from "./clock";
import { encodePose, POSE_BYTES } from "./codec";
import { Outbox } from "./outbox";
import { SnapshotStore } from "./store";

/** Silence after which the line is taken to be stalled: the clock stands, nothing more is sent. ms. */
const STALL = 1500;
/** Silence after which a stalled line is given up and opened anew. ms. */
const GIVE_UP = 5000;
const PING_EVERY = 500;
const BACKOFF = [250, 500, 1000, 2000, 4000];
/** Longest time between two looks at the line that counts as silence: a page too busy to listen is not a dead line. ms. */
const LONGEST_LOOK = 250;
/** A line that has this much unsent is slow: poses are dropped, actions never. */
const SLOW_BYTES = 4096;

export interface LiveListener {
  welcome(welcome: Welcome, first: boolean): void;
  updated(changed: ReadonlySet<keyof Snapshot>, items: ReadonlySet<string>, events: readonly SessionEvent[]): void;
  refused(message: Refused, action: Action | null): void;
  bad(message: WireError): void;
  lying(faces: readonly Face[]): void;
  outcome(url: string): void;
  connection(state: Connection, detail?: string): void;
}

/** The line to one session: opens, resends, keeps the clock, and opens again when it breaks. */
export class LiveSession {
  readonly clock = new SessionClock();
  readonly store = new SnapshotStore();
  readonly outbox = new Outbox();
  roundTrip: number | null = null;
  #socket: WebSocket | null = null;
  #welcomed = false;
  #everWelcomed = false;
  #closed = false;
  #silence = 0;
  #lastLook = 0;
  #lastPing = 0;
  #pingNumber = 0;
  #attempt = 0;
  #timer = 0;
  readonly #sent = new Map<number, Action>();
  readonly #frame = new DataView(new ArrayBuffer(POSE_BYTES));

  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly listener: LiveListener,
    private readonly now: () => number = () => performance.now(),
  ) {
    // Until the person sees something to act on, no session time passes.
    this.clock.stop("loading", now());
  }

  /** The scene stands: the session's time begins. */
  ready(): void {
    this.clock.resume("loading", this.now());
  }

  open(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#drop();
    if (!this.#everWelcomed) this.listener.connection("connecting");
    const socket = new WebSocket(this.url);
    this.#socket = socket;
    this.#silence = 0;
    socket.onopen = () => {
      this.#write({ t: "hello", protocol: PROTOCOL, token: this.token, have: 0 });
    };
    socket.onmessage = (message: MessageEvent<string>) => {
      this.#heard(JSON.parse(message.data) as ServerMessage);
    };
    socket.onclose = (event) => {
      if (socket === this.#socket) this.#lost(event.code, event.reason);
    };
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.clock.stop("down", this.now());
    this.#drop();
  }

  /** After a sleep or on entering a headset the line may be dead without knowing it: ask, and reopen if it is gone. */
  check(): void {
    if (this.#closed) return;
    if (!this.#socket || this.#socket.readyState >= WebSocket.CLOSING) this.open();
    else this.#ping();
  }

  /** A page that nobody sees stops the session's clock. */
  hidden(hidden: boolean): void {
    this.#silence = 0;
    if (hidden) this.clock.stop("hidden", this.now());
    else {
      this.check();
      this.clock.resume("hidden", this.now());
    }
  }

  /** A break: the session's clock stands until the person goes on. */
  pause(paused: boolean): void {
    if (paused) this.clock.stop("paused", this.now());
    else this.clock.resume("paused", this.now());
  }

  /** Sends an action stamped with the session's time; kept until it is on the server's disk. */
  act(body: ActionBody): Action {
    const action = this.outbox.add(body, this.clock.tick(this.now()));
    this.#sent.set(action.seq, action);
    if (this.#sent.size > 64) for (const seq of [...this.#sent.keys()].slice(0, 32)) this.#sent.delete(seq);
    if (this.#welcomed) this.#write({ t: "act", a: action });
    return action;
  }

  /** Sends where head and hands are, unless the line is slow or down. `frame` gets its number and tick here. */
  pose(frame: PoseFrame): void {
    const socket = this.#socket;
    if (!this.#welcomed || !this.clock.running || socket?.readyState !== WebSocket.OPEN || socket.bufferedAmount > SLOW_BYTES) return;
    frame.seq = this.outbox.number();
    frame.tick = this.clock.tick(this.now());
    encodePose(frame, this.#frame);
    socket.send(this.#frame.buffer as ArrayBuffer);
  }

  /** Asks what lies on things now; the answer comes by `lying`. */
  look(): void {
    if (this.#welcomed) this.#write({ t: "look" });
  }

  /** Call often (every frame): pings, and stops the clock when the server has fallen silent. */
  watch(): void {
    const now = this.now();
    const look = Math.min(now - this.#lastLook, LONGEST_LOOK);
    this.#lastLook = now;
    if (this.#closed || !this.#socket || this.clock.stopped("hidden")) return;
    if (now - this.#lastPing > PING_EVERY) this.#ping();
    this.#silence += look;
    if (this.#silence > GIVE_UP) this.#lost(1006, "");
    else if (this.#silence > STALL && this.#welcomed && !this.clock.stopped("silent")) {
      this.clock.stop("silent", now);
      this.listener.connection("lost");
    }
  }

  #ping(): void {
    this.#lastPing = this.now();
    if (this.#welcomed) this.#write({ t: "ping", n: ++this.#pingNumber });
  }

  #heard(message: ServerMessage): void {
    const now = this.now();
    this.#silence = 0;
    if (this.clock.stopped("silent")) {
      this.clock.resume("silent", now);
      if (this.#welcomed) this.listener.connection("live");
    }
    switch (message.t) {
      case "welcome":
        this.#welcome(message, now);
        break;
      case "update":
        this.store.patch(message);
        this.listener.updated(this.store.changed, this.store.changedItems, message.events ?? []);
        break;
      case "ack":
        this.outbox.acknowledge(message.seq);
        break;
      case "refused":
        this.listener.refused(message, this.#sent.get(message.seq) ?? null);
        break;
      case "error":
        // A pose that came late says nothing to the person; an action that could not be taken does.
        if (message.seq !== null && this.outbox.discard(message.seq)) this.listener.bad(message);
        break;
      case "lying":
        this.listener.lying(message.faces);
        break;
      case "outcome":
        this.listener.outcome(message.url);
        break;
      case "pong":
        if (message.n === this.#pingNumber) this.roundTrip = now - this.#lastPing;
        break;
    }
  }

  #welcome(welcome: Welcome, now: number): void {
    const first = !this.#everWelcomed;
    this.#welcomed = true;
    this.#everWelcomed = true;
    this.#attempt = 0;
    this.clock.start(welcome.tick, now);
    this.clock.resume("down", now);
    this.store.replace(welcome.snapshot);
    this.listener.welcome(welcome, first);
    this.listener.updated(this.store.changed, this.store.changedItems, []);
    for (const action of this.outbox.resume(welcome.seq, welcome.tick)) {
      this.#sent.set(action.seq, action);
      this.#write({ t: "act", a: action });
    }
    this.listener.connection("live");
  }

  #lost(code: number, reason: string): void {
    this.#drop();
    this.clock.stop("down", this.now());
    if (this.#closed) return;
    if (FATAL_CLOSE.includes(code)) {
      this.#closed = true;
      this.listener.connection(code === 4409 ? "taken-over" : "refused", reason);
      return;
    }
    this.listener.connection(this.#everWelcomed ? "lost" : "connecting");
    const wait = BACKOFF[Math.min(this.#attempt++, BACKOFF.length - 1)] ?? 4000;
    this.#timer = window.setTimeout(() => { this.open(); }, wait);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#welcomed = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #write(message: ClientMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}
