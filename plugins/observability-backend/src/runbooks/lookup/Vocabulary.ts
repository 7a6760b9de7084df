import SearchableMap from 'minisearch/SearchableMap';

/** The terms of the index, with the number of documents that have them. */
export class Vocabulary {
  readonly #counts = new SearchableMap<number>();

  has(term: string): boolean {
    return this.#counts.has(term);
  }

  /** In how many documents the term is. */
  countOf(term: string): number {
    return this.#counts.get(term) ?? 0;
  }

  hasPrefix(prefix: string): boolean {
    return this.#counts.atPrefix(prefix).size > 0;
  }

  /** Terms that differ in at most `edits` letters, with how many these are. */
  like(term: string, edits: number): [term: string, distance: number][] {
    return [...this.#counts.fuzzyGet(term, edits)].map(
      ([found, [, distance]]) => [found, distance],
    );
  }

  add(terms: Iterable<string>): void {
    for (const term of new Set(terms)) {
      this.#counts.set(term, (this.#counts.get(term) ?? 0) + 1);
    }
  }

  remove(terms: Iterable<string>): void {
    for (const term of new Set(terms)) {
      const count = (this.#counts.get(term) ?? 0) - 1;
      if (count > 0) {
        this.#counts.set(term, count);
      } else {
        this.#counts.delete(term);
      }
    }
  }
}
