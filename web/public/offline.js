/*
 * The page's worker. The server is always asked first; what it last gave is shown only when it does not answer. Kept
 * are the page, the files it names and the plan, never what is asked or answered.
 */

const KEPT = "shelfway-page";
const PLAN = "/v1/plan";

self.addEventListener("install", (event) => {
  event.waitUntil(keepPage().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === "/") event.respondWith(pageFirstFromServer(event.request));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(keptFirst(event.request));
  else if (url.pathname === PLAN || url.pathname === "/icon.svg") event.respondWith(serverFirst(event.request));
});

async function keepPage() {
  const reply = await fetch("/", { cache: "no-cache" });
  if (reply.ok) await keepWithFiles(reply);
  const kept = await caches.open(KEPT);
  await Promise.allSettled([PLAN, "/icon.svg"].map((path) => kept.add(path))); // a library may have no plan yet
}

/** The page and the files that it names; files of earlier versions go. */
async function keepWithFiles(reply) {
  const kept = await caches.open(KEPT);
  const text = await reply.clone().text();
  const files = [...new Set([...text.matchAll(/["'](\/assets\/[^"']+)["']/g)].map((match) => match[1]))];
  await kept.put("/", reply);
  const missing = [];
  for (const file of files) if (!(await kept.match(file))) missing.push(file);
  await kept.addAll(missing);
  for (const request of await kept.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/assets/") && !/worklet/.test(pathname) && !files.includes(pathname)) await kept.delete(request);
  }
}

async function pageFirstFromServer(request) {
  try {
    const reply = await fetch(request);
    if (reply.ok) await keepWithFiles(reply.clone()).catch(() => undefined);
    return reply;
  } catch (fault) {
    return (await caches.match("/")) ?? Promise.reject(fault);
  }
}

async function keptFirst(request) {
  const found = await caches.match(request);
  if (found) return found;
  const reply = await fetch(request);
  if (reply.ok) await (await caches.open(KEPT)).put(request, reply.clone());
  return reply;
}

async function serverFirst(request) {
  const kept = await caches.open(KEPT);
  try {
    const reply = await fetch(request);
    if (reply.ok) await kept.put(request, reply.clone());
    return reply;
  } catch (fault) {
    return (await kept.match(request)) ?? Promise.reject(fault);
  }
}
