/** Ids of requests: unique within a visit. `crypto.randomUUID` is missing on plain http, so it is not used. */

let count = 0;

export function newId(prefix: string): string {
  count += 1;
  return `${prefix}-${count}-${Math.random().toString(36).slice(2, 8)}`;
}
