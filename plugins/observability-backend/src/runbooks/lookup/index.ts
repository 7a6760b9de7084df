export type {
  LookupDocument,
  LookupField,
  LookupMatch,
  LookupQuery,
  LookupResult,
  Relation,
  Surroundings,
} from './LookupDocument';
export { RunbookLookup } from './RunbookLookup';
