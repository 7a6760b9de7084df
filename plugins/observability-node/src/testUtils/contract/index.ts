export { runProviderContract } from './runProviderContract';
export { contractVendorOf, type ContractStandIn } from './contractVendorOf';
export type * from './types';
