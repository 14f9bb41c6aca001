/* Keeps the door's page and its files, so that it opens without a network. Lists and scans are the page's own business:
   nothing with a name in it is kept here. */
const KEPT = "door-1";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("door-") && name !== KEPT).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("message", (event) => {
  event.waitUntil(keepAll(event.data?.keep ?? []).then((isWhole) => event.source?.postMessage({ isWhole })));
});

self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.method !== "GET") return;
  if (event.request.mode === "navigate" || pathname.startsWith("/static/")) event.respondWith(networkFirst(event.request));
});

/** Whether everything that was asked for lies on the device now. */
async function keepAll(wanted) {
  const kept = await caches.open(KEPT);
  const each = wanted.map((address) => fetchInto(kept, address).then((response) => response.ok, () => false));
  return (await Promise.all(each)).every(Boolean);
}

async function fetchInto(kept, request) {
  const response = await fetch(request);
  // A redirect leads to the sign-in page, which must not stand in for the door.
  if (response.ok && !response.redirected) await kept.put(request, response.clone());
  return response;
}

async function networkFirst(request) {
  const kept = await caches.open(KEPT);
  try {
    return await fetchInto(kept, request);
  } catch (error) {
    const found = await kept.match(request, { ignoreVary: true });
    if (found) return found;
    throw error;
  }
}
