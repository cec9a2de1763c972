/**
 * Being without the server: a worker keeps the page and the plan, so that a reload shows them and says what is wrong
 * instead of the browser's own fault page.
 */

export function keepForOffline(): void {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  navigator.serviceWorker.register("/offline.js").catch(() => undefined); // without it the page works while online
}
