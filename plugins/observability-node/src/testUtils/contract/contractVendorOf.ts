import type { ContractFault, ContractMatch, ContractVendor } from './types';

/**
 * The parts of a stand-in that the contract needs; told by their shape, as
 * nothing that is published depends on the stand-ins.
 *
 * @public
 */
export interface ContractStandIn {
  url: string;
  control: {
    clock: { now(): Date };
    addFault(rule: { fault: ContractFault; match?: ContractMatch }): void;
    clearFaults(): void;
  };
  close(): Promise<void>;
}

/**
 * A stand-in as the contract test takes it; the stand-in itself remains at hand
 * for the situations to arrange.
 *
 * @public
 */
export function contractVendorOf<TStandIn extends ContractStandIn>(
  standIn: TStandIn,
): ContractVendor & { standIn: TStandIn } {
  const { control } = standIn;
  return {
    standIn,
    url: standIn.url,
    now: () => control.clock.now(),
    faults: {
      inject: (fault, match) => control.addFault({ fault, match }),
      clear: () => control.clearFaults(),
    },
    close: () => standIn.close(),
  };
}
