// Routes between entries and the counting of expected pairs, in the browser as on the command line: the twin of
// analysis/routes.py and of the reachability of analysis/expected.py, over what site/routing.py writes. No page is
// touched here, so that it runs in Node as well; tests/site/test_routing.py holds the two against each other.

import { Finder } from "./routing/finder.js";
import { Misses } from "./routing/misses.js";
import { Network } from "./routing/network.js";
import { Pairs } from "./routing/pairs.js";
import { Verdicts, Words } from "./routing/verdict.js";

/**
 * @typedef {import("./routing/finder.js").Hop} Hop
 * @typedef {import("./routing/finder.js").Route} Route
 * @typedef {import("./routing/network.js").RoutingDocument} RoutingDocument
 * @typedef {import("./routing/pairs.js").Tally} Tally
 * @typedef {import("./routing/verdict.js").Stated} Stated
 */

/**
 * Everything that can be asked of a `routing/v1` document.
 *
 * `between(from, to, top, stated)` judges whether one id reaches another, as `landscape path` does: what the verdict
 * `says`, also `inShort`, the edge that is `denied` where the answer is no, up to `top` `routes`, best first, and `apart` from them those that bring no model. `stated`
 * gives the limits and the evidence of an edge in words; `support` says how well an edge works.
 * `misses(from, to, top)` names up to `top` single edges, each of which would open a route where there is none.
 * `tallies(assumed)` counts the expected pairs when the edges in `assumed`, written "source relation target", are
 * in full support; `closed(assumed)` lists the ids of the gaps that they close together; `standing(assumed)` has the
 * ids of all pairs that are then met. An edge between names that are not known raises a RangeError.
 *
 * @param {RoutingDocument} data
 */
export function createRoutes(data) {
  const network = new Network(data);
  const finder = new Finder(data, network);
  const pairs = new Pairs(data, network);
  const verdicts = new Verdicts(data, network, finder);
  const misses = new Misses(data, network, verdicts);
  return {
    /** @param {string} from @param {string} to @param {number} top @param {(edge: string) => Stated | undefined} stated */
    between: (from, to, top, stated) => {
      const found = verdicts.between(from, to, top);
      if (!found) throw new RangeError(`not two entries of the map: ${from}, ${to}`);
      const { verdict, routes, apart } = found;
      const words = new Words(data, network, stated);
      const [says, inShort] = [words.verdict(verdict), words.inShort(verdict)];
      const denied = network.edges[verdict.denied] ?? null;
      return { answer: verdict.answer, record: verdict.record, denied, says, inShort, routes, apart };
    },
    /** How well an edge works, null where nobody has said. @param {string} edge @returns {string | null} */
    support: (edge) => data.support[network.supports[network.statementOf.get(edge) ?? -1]] ?? null,
    /** @param {string} from @param {string} to @param {number} top @returns {string[]} */
    misses: (from, to, top) => misses.between(from, to, top),
    /** @param {string[]} assumed @returns {{met: Set<string>}} */
    standing: (assumed = []) => ({ met: new Set(pairs.ids(pairs.met(assumed))) }),
    /** @param {string[]} assumed @returns {{all: Tally, sides: Record<string, Tally>}} */
    tallies: (assumed = []) => pairs.tallies(pairs.met(assumed)),
    /** @param {string[]} assumed @returns {string[]} */
    closed: (assumed = []) => pairs.ids(pairs.met(assumed), pairs.met([])),
  };
}
