/**
 * What was made of texts, by text. Bounded by their length in all, not by their number: an attacker chooses both, the worker lives
 * on, and the next repository's file would be blamed for the memory that is missing.
 */
export class TextCache<T> {
  readonly #known = new Map<string, T>();
  readonly #most: number;
  #length = 0;

  /** `most`: UTF-16 units of all keys together. */
  constructor(most: number) {
    this.#most = most;
  }

  /** What is known of a text, else what `make` makes of it. */
  of(key: string, make: () => T): T {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#length += key.length;
    if (this.#length > this.#most) {
      this.#known.clear();
      this.#length = key.length;
    }
    if (key.length <= this.#most) this.#known.set(key, made);
    return made;
  }
}
