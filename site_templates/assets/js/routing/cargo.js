/** Sets of cargo as small numbers; there may be more sorts of cargo than a number has bits. */
export class CargoSets {
  /** @param {number} sorts @param {number[][]} masks */
  constructor(sorts, masks) {
    /** @type {bigint[]} */
    this.sets = [];
    /** @type {Map<bigint, number>} */
    this.numbers = new Map();
    /** @type {number[][]} */
    this.known = [];
    this.nothing = this.number(0n);
    this.everything = this.number((1n << BigInt(sorts)) - 1n);
    this.masks = masks.map((places) => this.of(places));
  }

  /** The set of some places. @param {number[]} places */
  of(places) {
    return this.number(places.reduce((set, place) => set | (1n << BigInt(place)), 0n));
  }

  /** @param {bigint} set */
  number(set) {
    let number = this.numbers.get(set);
    if (number === undefined) {
      number = this.sets.push(set) - 1;
      this.numbers.set(set, number);
      this.known.push([]);
    }
    return number;
  }

  /** What is in both sets. @param {number} one @param {number} other */
  both(one, other) {
    const known = this.known[one];
    if (known[other] === undefined) known[other] = this.number(this.sets[one] & this.sets[other]);
    return known[other];
  }

  /** @param {number} part @param {number} whole */
  isWithin(part, whole) {
    return this.both(part, whole) === part;
  }

  /** @param {number} set @param {number} place */
  has(set, place) {
    return ((this.sets[set] >> BigInt(place)) & 1n) === 1n;
  }
}
