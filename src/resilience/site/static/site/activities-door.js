/* The door of a meeting: scan, type or tick; everything is noted on the device first and sent when there is a network. */
import { Door, forgetOld, tokenIn } from "./activities-queue.js";

const EVERY_MS = 15_000;
const KEPT_MS = 2 * 24 * 60 * 60 * 1000;
const SAME_CODE_MS = 3_000;

const page = JSON.parse(document.getElementById("door").textContent);
const words = page.words;
const door = new Door(page.meeting, localStorage, () => Date.now());
const answer = document.getElementById("answer");
const network = document.getElementById("network");
const guests = document.getElementById("guests");
const find = document.getElementById("find");
const typed = document.getElementById("typed");
let drawn = "";

forgetOld(localStorage, Date.now() - KEPT_MS);
localStorage.setItem(`door:${page.meeting}:ends`, String(page.ends));

const say = (key, name = "", time = "") => words[key].replace("%n", name).replace("%t", time);
const leaving = () => document.querySelector("input[name=way]:checked").value === "out";
const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);

function show(key, guest, time) {
  const good = ["in", "left", "noted"].includes(key);
  answer.hidden = false;
  answer.className = `notice ${good ? "good" : key.includes("already") ? "major" : "critical"}`;
  answer.firstElementChild.textContent = say(key, guest?.name || words.somebody, time);
}

async function check(text) {
  const token = tokenIn(text);
  if (!token) return;
  const got = door.scan(token, leaving());
  show(got.answer, got.guest, got.at);
  draw();
  if (got.answer === "noted") await send(token);
}

/** Sends what waits; `shown` is the token whose answer the person at the door is waiting for. */
async function send(shown) {
  const tokens = new Map(door.waiting.map((one) => [one.nonce, one.token]));
  try {
    for (const one of await door.sync(post)) {
      if (tokens.get(one.nonce) === shown) show(one.answer, { name: one.name }, one.at);
    }
    // After a scan the list knows its answer already; what others did is fetched now and then.
    if (!shown) await refresh();
    network.textContent = words.online;
  } catch (error) {
    const why = error.signedOut ? words["signed-out"] : words.offline;
    const left = door.waiting.length;
    network.textContent = left > 0 ? `${why} ${say("waiting", left)}` : why;
  }
  draw();
}

async function post(body) {
  const response = await fetch(page.scans, {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrftoken": cookie("csrftoken") ?? page.csrf },
    body: JSON.stringify(body),
    redirect: "manual",
  });
  if (!response.ok) throw Object.assign(new Error("not taken"), { signedOut: response.type === "opaqueredirect" || response.status === 403 });
  return (await response.json()).answers;
}

async function refresh() {
  const response = await fetch(page.list, { redirect: "manual" });
  if (!response.ok) throw Object.assign(new Error("no list"), { signedOut: response.type === "opaqueredirect" || response.status === 403 });
  door.guests = (await response.json()).guests;
}

/** Draws the list where it says something new: a button that is drawn anew under a finger loses the press. */
function draw() {
  const sought = find.value.trim().toLocaleLowerCase();
  const held = document.activeElement?.dataset?.token;
  const out = leaving();
  const shown = JSON.stringify([sought, out, door.guests, door.waiting]);
  if (shown === drawn) return;
  drawn = shown;
  const rows = door.guests
    .filter((guest) => guest.status === "confirmed" && guest.name.toLocaleLowerCase().includes(sought))
    .map((guest) => row(guest, out));
  guests.replaceChildren(...rows);
  if (rows.length === 0) guests.append(Object.assign(document.createElement("li"), { textContent: words.nobody }));
  if (held) guests.querySelector(`button[data-token="${held}"]`)?.focus();
}

function row(guest, out) {
  const line = document.createElement("li");
  const name = document.createElement("span");
  const noted = door.waiting.some((one) => one.token === guest.token && one.leaving === out);
  const standing = guest.left ? say("has-left", "", guest.left) : guest.came ? say("since", "", guest.came) : "";
  name.textContent = guest.name;
  line.append(name);
  if (standing || noted) {
    const badge = document.createElement("span");
    badge.className = noted ? "badge" : "badge good";
    badge.textContent = noted ? words.kept : standing;
    line.append(badge);
  }
  if (!noted && (out ? guest.came && !guest.left : !guest.came)) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.dataset.token = guest.token;
    button.textContent = words[out ? "check-out" : "check-in"];
    button.setAttribute("aria-label", `${button.textContent}: ${guest.name}`);
    button.addEventListener("click", () => void check(guest.token));
    line.append(button);
  }
  return line;
}

typed.addEventListener("submit", (event) => {
  event.preventDefault();
  void check(typed.elements.token.value);
  typed.reset();
  typed.elements.token.focus();
});
find.addEventListener("input", draw);
for (const way of document.querySelectorAll("input[name=way]")) way.addEventListener("change", draw);
document.getElementById("forget").addEventListener("click", () => {
  const gone = door.forget();
  network.textContent = gone ? words.forgotten : say("not-forgotten", door.waiting.length);
  draw();
});

function readyCamera() {
  const box = document.getElementById("camera");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  const [button, video] = [box.querySelector("button"), box.querySelector("video")];
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  let [last, lastAt, stream] = ["", 0, null];
  box.hidden = false;

  async function look() {
    if (!stream) return;
    const [found] = await detector.detect(video).catch(() => []);
    const fresh = found && (found.rawValue !== last || Date.now() - lastAt > SAME_CODE_MS);
    if (found) [last, lastAt] = [found.rawValue, Date.now()];
    if (fresh) await check(found.rawValue);
    requestAnimationFrame(() => void look());
  }

  button.addEventListener("click", async () => {
    if (stream) {
      for (const track of stream.getTracks()) track.stop();
      stream = null;
    } else {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
        video.srcObject = stream;
        await video.play();
        void look();
      } catch (error) {
        network.textContent = say("no-camera", error.message);
      }
    }
    video.hidden = !stream;
    button.setAttribute("aria-pressed", String(Boolean(stream)));
  });
}

/** The page and its files are kept by a service worker, so that it opens again without a network. */
async function keepForOffline() {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    document.getElementById("kept").hidden = !data.isWhole;
  });
  await navigator.serviceWorker.register(page.worker);
  const { active } = await navigator.serviceWorker.ready;
  const files = performance.getEntriesByType("resource").map((one) => one.name);
  active?.postMessage({ keep: [location.href, ...files.filter((name) => new URL(name).pathname.startsWith("/static/"))] });
}

readyCamera();
draw();
void send();
void keepForOffline();
setInterval(() => void send(), EVERY_MS);
addEventListener("online", () => void send());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void send());
