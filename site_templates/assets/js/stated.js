// What is stated of some edges, fetched an entry at a time when it is needed.

/**
 * @typedef {import("./routing/network.js").RoutingDocument} RoutingDocument
 * @typedef {{from: string, relation: string, to: string, api: string | null, by: string | null, limits: string | null,
 *   evidence: {url: string, shows: string}[], verified: {date: string, versions: Record<string, string>} | null,
 *   verification: {state: string} | null, support: string}} Statement
 */

export class Stated {
  /** @param {URL} root where the site starts @param {RoutingDocument} data */
  constructor(root, data) {
    this.root = root;
    /** How many statements the document of each entry holds. @type {Map<string, number>} */
    this.sizes = new Map(data.entries.map(([id]) => [id, 0]));
    for (const ends of [data.statements.source, data.statements.target])
      for (const end of ends) this.sizes.set(data.entries[end][0], (this.sizes.get(data.entries[end][0]) ?? 0) + 1);
    /** @type {Map<string, Promise<void>>} */
    this.asked = new Map();
    /** @type {Map<string, Statement>} */
    this.known = new Map();
  }

  /** Fetch what is stated of some edges, from as few and as small documents as there are. @param {Set<string>} edges */
  async fetch(edges) {
    const entries = new Set(this.asked.keys());
    for (const [from, , to] of [...edges].map((edge) => edge.split(" ")))
      if (!entries.has(from) && !entries.has(to)) entries.add(this.size(from) <= this.size(to) ? from : to);
    await Promise.all([...entries].map((entry) => this.entry(entry)));
  }

  /** @param {string} entry */
  size(entry) {
    return this.sizes.get(entry) ?? 0;
  }

  /** @param {string} entry */
  entry(entry) {
    const asked = this.asked.get(entry) ?? this.read(entry);
    this.asked.set(entry, asked);
    asked.catch(() => this.asked.delete(entry)); // to be tried again
    return asked;
  }

  /** @param {string} entry */
  async read(entry) {
    const { statements } = await fetched(new URL(`api/v1/entries/${encodeURIComponent(entry)}.json`, this.root));
    for (const one of /** @type {Statement[]} */ (statements)) this.known.set(`${one.from} ${one.relation} ${one.to}`, one);
  }

  /** @param {string} edge @returns {Statement | undefined} */
  of(edge) {
    return this.known.get(edge);
  }
}

/** A document of the site. @param {URL} address */
export async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address.pathname}: ${answer.status}`);
  return answer.json();
}
