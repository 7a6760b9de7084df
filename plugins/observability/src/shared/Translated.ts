/** The same keys as `T`, each with any text: a translation that misses a key does not compile. */
export type Translated<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : Translated<T[K]>;
};
