/* The scans of a door, kept on the device until the server has answered each of them. No page in here: it is given a
   store (getItem, setItem, removeItem), a clock and a way to send, so that it can be tried without a browser. */

const TOKEN = /[^A-Z0-9]/g;
const AT_ONCE = 100;

/** The token in what was scanned or typed: bare, with spaces and hyphens, or at the end of a ticket's address. */
export function tokenIn(text) {
  const [before] = text.trim().split(/[?#]/);
  const last = before.split("/").filter(Boolean).pop() ?? "";
  return last.toUpperCase().replace(TOKEN, "");
}

/** A nonce that no other scan has: 128 bits from the browser's own source. */
export function drawNonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Door {
  constructor(meeting, store, now, draw = drawNonce) {
    this.key = `door:${meeting}`;
    this.store = store;
    this.now = now;
    this.draw = draw;
    this.sending = false;
  }

  get waiting() {
    return this.#read("waiting", []);
  }

  get guests() {
    return this.#read("guests", []);
  }

  set guests(list) {
    this.#write("guests", list);
  }

  /** The name by which this device is known in the list of scans; drawn once. */
  get device() {
    const known = this.#read("device", null);
    if (known) return known;
    const drawn = this.draw().slice(0, 12);
    this.#write("device", drawn);
    return drawn;
  }

  /** Notes a scan before anything else happens to it. Returns what can be said without the server. */
  scan(token, leaving = false) {
    const guest = this.guests.find((one) => one.token === token);
    const before = this.waiting.find((one) => one.token === token && one.leaving === leaving);
    if (before) return { answer: "noted-already", guest, at: clock(before.at) };
    if (!leaving && guest?.came) return { answer: "already", guest, at: guest.came };
    this.#write("waiting", [...this.waiting, { token, nonce: this.draw(), at: this.now(), leaving }]);
    return { answer: "noted", guest, at: clock(this.now()) };
  }

  /** Sends what waits, as often as it takes; what was answered waits no longer. Throws what `send` throws. */
  async sync(send) {
    if (this.sending) return [];
    this.sending = true;
    const answers = [];
    try {
      for (let batch = this.waiting.slice(0, AT_ONCE); batch.length > 0; batch = this.waiting.slice(0, AT_ONCE)) {
        const got = await send({ device: this.device, clock: this.now(), scans: batch });
        const answered = new Set(got.map((one) => one.nonce));
        const left = this.waiting.filter((one) => !answered.has(one.nonce));
        if (left.length === this.waiting.length) throw new Error("no scan was answered");
        this.#write("waiting", left);
        this.#enter(batch, got);
        answers.push(...got);
      }
    } finally {
      this.sending = false;
    }
    return answers;
  }

  /** Puts what the server answered into the list: it is fetched whole only now and then, not after every scan. */
  #enter(batch, got) {
    const answers = new Map(got.map((one) => [one.nonce, one]));
    const known = new Map();
    for (const { token, nonce, at, leaving } of batch) {
      const { answer, at: came } = answers.get(nonce) ?? {};
      if (answer === "left") known.set(token, { ...known.get(token), left: clock(at) });
      else if (!leaving && (answer === "in" || answer === "already")) known.set(token, { ...known.get(token), came });
    }
    if (known.size > 0) this.guests = this.guests.map((guest) => ({ ...guest, ...known.get(guest.token) }));
  }

  /** Takes names and scans off the device; refuses while scans wait. */
  forget() {
    if (this.waiting.length > 0) return false;
    for (const name of ["waiting", "guests"]) this.store.removeItem(`${this.key}:${name}`);
    return true;
  }

  #read(name, otherwise) {
    try {
      return JSON.parse(this.store.getItem(`${this.key}:${name}`)) ?? otherwise;
    } catch {
      return otherwise;
    }
  }

  #write(name, value) {
    this.store.setItem(`${this.key}:${name}`, JSON.stringify(value));
  }
}

/** Lists of names that were left behind on a device go: those whose meeting ended before the given moment. */
export function forgetOld(store, before) {
  for (const key of Object.keys(store)) {
    const [, meeting, name] = /^door:(\d+):(ends)$/.exec(key) ?? [];
    if (name && Number(store.getItem(key)) < before) {
      const waiting = JSON.parse(store.getItem(`door:${meeting}:waiting`) ?? "[]");
      if (waiting.length > 0) continue;
      for (const each of ["guests", "waiting", "ends"]) store.removeItem(`door:${meeting}:${each}`);
    }
  }
}

/** Hours and minutes by the device's clock. */
export function clock(at) {
  const time = new Date(at);
  return [time.getHours(), time.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}
