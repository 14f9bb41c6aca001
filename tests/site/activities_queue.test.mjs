/* The door's queue: nothing noted is lost, nothing is sent as two scans, whatever the network does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Door, clock, forgetOld, tokenIn } from "../../src/resilience/site/static/site/activities-queue.js";

class Store {
  setItem(name, value) {
    this[name] = value;
  }
  getItem(name) {
    return Object.hasOwn(this, name) ? this[name] : null;
  }
  removeItem(name) {
    delete this[name];
  }
}

const NINE = new Date(2026, 2, 2, 9, 12).getTime();
const guest = (token, more = {}) => ({ token, name: `Guest ${token}`, status: "confirmed", came: "", left: "", ...more });
const answerAll = async ({ scans }) => scans.map(({ nonce }) => ({ nonce, answer: "in" }));

function opened(store = new Store()) {
  let drawn = 0;
  const door = new Door(7, store, () => NINE, () => `nonce-${++drawn}-abcdef`);
  return { door, store };
}

test("a scan is on the device before anything is sent, and outlives the page", () => {
  const { door, store } = opened();
  assert.equal(door.scan("AAA").answer, "noted");
  const again = new Door(7, store, () => NINE);
  assert.deepEqual(again.waiting.map(({ token, at, leaving }) => ({ token, at, leaving })), [{ token: "AAA", at: NINE, leaving: false }]);
  assert.deepEqual(new Door(8, store, () => NINE).waiting, []);
});

test("what could not be sent waits, and is sent again as the same scan", async () => {
  const { door } = opened();
  door.scan("AAA");
  const sent = [];
  await assert.rejects(door.sync(async (body) => { sent.push(body); throw new Error("no network"); }), /no network/);
  assert.equal(door.waiting.length, 1);
  await door.sync(async (body) => { sent.push(body); return answerAll(body); });
  assert.equal(sent[0].scans[0].nonce, sent[1].scans[0].nonce);
  assert.equal(sent[0].device, sent[1].device);
  assert.deepEqual(door.waiting, []);
});

test("a scan noted while others are being sent is not lost", async () => {
  const { door } = opened();
  door.scan("AAA");
  let rounds = 0;
  await door.sync(async (body) => {
    if (rounds++ === 0) door.scan("BBB");
    return answerAll(body);
  });
  assert.equal(rounds, 2);
  assert.deepEqual(door.waiting, []);
});

test("only what was answered waits no longer, and a server that answers nothing is not asked for ever", async () => {
  const { door } = opened();
  door.scan("AAA");
  door.scan("BBB");
  let rounds = 0;
  await assert.rejects(
    door.sync(async ({ scans }) => (rounds++ === 0 ? [{ nonce: scans[0].nonce, answer: "in" }] : [])),
    /no scan was answered/,
  );
  assert.deepEqual(door.waiting.map((one) => one.token), ["BBB"]);
});

test("two calls at once send once", async () => {
  const { door } = opened();
  door.scan("AAA");
  let sends = 0;
  const send = async (body) => { sends++; return answerAll(body); };
  await Promise.all([door.sync(send), door.sync(send)]);
  assert.equal(sends, 1);
});

test("a second scan on the device is told without the server", () => {
  const { door } = opened();
  door.guests = [guest("AAA"), guest("BBB", { came: "08:55" })];
  door.scan("AAA");
  assert.deepEqual(door.scan("AAA"), { answer: "noted-already", guest: guest("AAA"), at: "09:12" });
  assert.equal(door.scan("BBB").answer, "already");
  assert.equal(door.scan("BBB").at, "08:55");
  assert.equal(door.scan("BBB", true).answer, "noted");
  assert.equal(door.waiting.length, 2);
});

test("what the server answered stands in the list at once", async () => {
  const { door } = opened();
  door.guests = [guest("AAA"), guest("BBB", { came: "08:55" }), guest("CCC"), guest("DDD", { came: "08:00" })];
  door.scan("AAA");
  door.scan("BBB", true);
  door.scan("CCC");
  door.scan("EEE");
  const answers = { AAA: { answer: "already", at: "09:01" }, BBB: { answer: "left", at: "08:55" }, CCC: { answer: "no-place", at: "" }, EEE: { answer: "in", at: "09:12" } };
  await door.sync(async ({ scans }) => scans.map(({ nonce, token }) => ({ nonce, ...answers[token] })));
  assert.deepEqual(
    door.guests.map(({ token, name, came, left }) => [token, name, came, left]),
    [["AAA", "Guest AAA", "09:01", ""], ["BBB", "Guest BBB", "08:55", "09:12"], ["CCC", "Guest CCC", "", ""], ["DDD", "Guest DDD", "08:00", ""]],
  );
  assert.equal(door.scan("AAA").answer, "already");
});

test("names leave the device when asked, but never scans that were not sent", async () => {
  const { door, store } = opened();
  door.guests = [guest("AAA")];
  door.scan("AAA");
  assert.equal(door.forget(), false);
  assert.equal(door.guests.length, 1);
  await door.sync(answerAll);
  assert.equal(door.forget(), true);
  assert.deepEqual([door.guests, door.waiting], [[], []]);
  assert.ok(!JSON.stringify(store).includes("Guest"));
});

test("lists of meetings long over go by themselves, those with unsent scans stay", () => {
  const store = new Store();
  for (const [meeting, ends] of [[1, NINE - 10], [2, NINE - 10], [3, NINE + 10]]) {
    store.setItem(`door:${meeting}:ends`, String(ends));
    store.setItem(`door:${meeting}:guests`, "[]");
  }
  store.setItem("door:2:waiting", '[{"token":"AAA"}]');
  forgetOld(store, NINE);
  assert.deepEqual(["1", "2", "3"].filter((meeting) => store.getItem(`door:${meeting}:guests`)), ["2", "3"]);
});

test("a token is read from a code, a ticket's address, or what somebody typed", () => {
  for (const text of ["K7QD2M9", " k7qd-2m9 ", "https://x.example/ticket/K7QD2M9", "https://x.example/ticket/k7qd2m9/?a=1#b"]) {
    assert.equal(tokenIn(text), "K7QD2M9");
  }
  assert.equal(tokenIn("  "), "");
});

test("times are told by the device's clock", () => assert.equal(clock(NINE), "09:12"));
