export { CONTRACT_FAULTS } from './faults';
export { runProviderContract } from './runProviderContract';
export { contractVendorOf, type ContractStandIn } from './contractVendorOf';
export type {
  ContractConnection,
  ContractFault,
  ContractFaultName,
  ContractMatch,
  ContractSituation,
  ContractVendor,
  ProviderContractOptions,
} from './types';
