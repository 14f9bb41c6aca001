import {
  type Action, type ActionBody, type ClientMessage, FATAL_CLOSE, type PoseFrame, PROTOCOL, type Refused, type ServerMessage,
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
/** Ticks a resent action may lie ahead of the server's clock; the server refuses beyond 40. */
const AHEAD = 20;
/** A line that has this much unsent is slow: poses are dropped, actions never. */
const SLOW_BYTES = 4096;

export interface LiveListener {
  welcome(welcome: Welcome, first: boolean): void;
  updated(changed: ReadonlySet<keyof Snapshot>, items: ReadonlySet<string>, events: readonly SessionEvent[]): void;
  refused(message: Refused, action: Action | null): void;
  bad(message: WireError): void;
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
  #lastWord = 0;
  #lastPing = 0;
  #pingNumber = 0;
  #attempt = 0;
  #timer = 0;
  #hidden = false;
  readonly #sent = new Map<number, Action>();
  readonly #frame = new DataView(new ArrayBuffer(POSE_BYTES));

  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly listener: LiveListener,
    private readonly now: () => number = () => performance.now(),
  ) {}

  open(): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#drop();
    if (!this.#everWelcomed) this.listener.connection("connecting");
    const socket = new WebSocket(this.url);
    this.#socket = socket;
    this.#lastWord = this.now();
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
    this.clock.stop(this.now());
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
    this.#hidden = hidden;
    if (hidden) this.clock.stop(this.now());
    else {
      this.#lastWord = this.now();
      this.check();
      if (this.#welcomed) this.clock.resume(this.now());
    }
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
    if (!this.#welcomed || !this.clock.running || !this.#socket || this.#socket.bufferedAmount > SLOW_BYTES) return;
    frame.seq = this.outbox.number();
    frame.tick = this.clock.tick(this.now());
    encodePose(frame, this.#frame);
    this.#socket.send(this.#frame.buffer as ArrayBuffer);
  }

  /** Call often (every frame): pings, and stops the clock when the server has fallen silent. */
  watch(): void {
    if (this.#closed || this.#hidden || !this.#socket) return;
    const now = this.now();
    if (now - this.#lastPing > PING_EVERY) this.#ping();
    const silence = now - this.#lastWord;
    if (silence > GIVE_UP) this.#lost(1006, "");
    else if (silence > STALL && this.clock.running) {
      this.clock.stop(now);
      this.listener.connection("lost");
    }
  }

  #ping(): void {
    this.#lastPing = this.now();
    if (this.#welcomed) this.#write({ t: "ping", n: ++this.#pingNumber });
  }

  #heard(message: ServerMessage): void {
    const now = this.now();
    this.#lastWord = now;
    if (this.#welcomed && !this.clock.running && !this.#hidden) {
      this.clock.resume(now);
      this.listener.connection("live");
    }
    switch (message.t) {
      case "welcome":
        this.#welcome(message, now);
        break;
      case "update":
        this.store.patch(message);
        this.listener.updated(this.store.changed, this.store.changedItems, message.events);
        break;
      case "ack":
        this.outbox.acknowledge(message.seq);
        break;
      case "refused":
        this.listener.refused(message, this.#sent.get(message.seq) ?? null);
        break;
      case "error":
        if (message.seq !== null) this.outbox.discard(message.seq);
        this.listener.bad(message);
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
    if (this.#hidden) this.clock.stop(now);
    this.store.replace(welcome.snapshot);
    this.listener.welcome(welcome, first);
    this.listener.updated(this.store.changed, this.store.changedItems, []);
    for (const action of this.outbox.resume(welcome.seq, welcome.tick, AHEAD)) {
      this.#sent.set(action.seq, action);
      this.#write({ t: "act", a: action });
    }
    this.listener.connection("live");
  }

  #lost(code: number, reason: string): void {
    this.#drop();
    this.clock.stop(this.now());
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
