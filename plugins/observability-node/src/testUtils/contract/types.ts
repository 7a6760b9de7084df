import type { Entity } from '@backstage/catalog-model';
import type { ProblemCode } from '@watchkeeper/backstage-plugin-observability-common';
import type {
  Provider,
  TargetResult,
  VendorClientOptions,
} from '@watchkeeper/backstage-plugin-observability-node';

/**
 * What goes wrong at the vendor. The kinds are those of the stand-ins:
 *
 * - `status`: an answer with that status. Without a `body` it is the vendor's
 *   usual one.
 * - `hang`: no answer at all. `reset`: the connection is reset.
 * - `cut-off`: the connection ends in the middle of the true answer.
 * - `html`: a page instead of data. `malformed`: an answer that is not JSON.
 * - `redirect`: to `location`.
 *
 * @public
 */
export interface ContractFault {
  kind:
    | 'status'
    | 'hang'
    | 'reset'
    | 'cut-off'
    | 'html'
    | 'malformed'
    | 'redirect';
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  location?: string;
}

/** Which requests a fault is for.
 * @public */
export interface ContractMatch {
  method?: string;
  /** Part of the path with its query, or a pattern. */
  path?: string | RegExp;
}

/**
 * A stand-in of the vendor, in its usual state: the targets of the contract's
 * entities exist, and each has something to read of every kind.
 *
 * @public
 */
export interface ContractVendor {
  /** For the provider's base URL. */
  url: string;
  /** The instant that its data is about. Default: the machine's. */
  now?(): Date;
  faults: {
    /** For all requests, unless it is told which. */
    inject(fault: ContractFault, match?: ContractMatch): void;
    clear(): void;
  };
  close(): Promise<void>;
}

/** What the provider under test is made with.
 * @public */
export interface ContractConnection {
  /** The base URL. It is not always the vendor's. */
  url: string;
  /**
   * To be spread over the options of `createVendorClient`, so that no test waits
   * for anything and each has connections of its own.
   */
  client: Pick<
    VendorClientOptions,
    | 'dispatcher'
    | 'limiter'
    | 'logger'
    | 'now'
    | 'retries'
    | 'sleep'
    | 'timeoutMs'
  >;
}

/** A state of the vendor that a fault cannot bring about.
 * @public */
export interface ContractSituation<TVendor extends ContractVendor> {
  /** Brings it about. */
  arrange(vendor: TVendor): void | Promise<void>;
  /** Holds the results against what is true in it, with `expect`. */
  check(results: TargetResult[]): void;
}

/** The faults that each vendor has.
 * @public */
export type ContractFaultName =
  | '401'
  | '403'
  | '404'
  | '500'
  | 'hang'
  | 'reset'
  | 'cut-off'
  | 'html'
  | 'malformed';

/** @public */
export interface ProviderContractOptions<
  TVendor extends ContractVendor = ContractVendor,
> {
  /** Of the provider, for the tests' names. */
  name: string;
  /** Starts a stand-in; each test has its own. */
  startVendor(): Promise<TVendor>;
  /** Creates the provider as its module does, but for the connection. */
  createProvider(connection: ContractConnection): Provider;
  /** Names at least one target. */
  entity: Entity;
  /** Names another, to see that targets are told apart. */
  otherEntity?: Entity;
  /** The token and all else that must not be told. */
  secrets: string[];
  /**
   * The vendor's own 429, at an instant by its clock. Default: `Retry-After` in
   * seconds.
   */
  tooManyRequests?(vendorNow: Date): {
    fault: ContractFault;
    retryAfterSeconds: number;
  };
  /** Where the vendor says one of these things in its own way. */
  faults?: Partial<Record<ContractFaultName, ContractFault>>;
  /** Where one of these things means something else. */
  codes?: Partial<Record<ContractFaultName, ProblemCode[]>>;
  /** Requests without which one kind cannot be read, while the others can. */
  independentKinds?: {
    kind: Provider['kinds'][number];
    match: ContractMatch;
  }[];
  /** Nothing to tell: no issues, no monitors, no releases. */
  emptyList: ContractSituation<TVendor>;
  /** More than one page has. */
  twoPages: ContractSituation<TVendor>;
  /** A value that the vendor has added to one of its enumerations. */
  unknownEnum: ContractSituation<TVendor>;
}
