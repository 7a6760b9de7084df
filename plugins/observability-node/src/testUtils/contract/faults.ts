import type { ProblemCode } from '@watchkeeper/backstage-plugin-observability-common';
import type { ContractFault, ContractFaultName } from './types';

/**
 * What each fault is, and what it has to be told as.
 *
 * @public
 */
export const CONTRACT_FAULTS: {
  name: ContractFaultName;
  title: string;
  fault: ContractFault;
  codes: ProblemCode[];
}[] = [
  {
    name: '401',
    title: 'a token that is not accepted (401)',
    fault: { kind: 'status', status: 401 },
    codes: ['unauthorized'],
  },
  {
    name: '403',
    title: 'a token that may not (403)',
    fault: { kind: 'status', status: 403 },
    codes: ['forbidden'],
  },
  {
    name: '404',
    title: 'names that are not there (404)',
    fault: { kind: 'status', status: 404 },
    codes: ['not-found', 'misconfigured'],
  },
  {
    name: '500',
    title: 'a vendor in trouble (500)',
    fault: { kind: 'status', status: 500 },
    codes: ['unavailable'],
  },
  {
    name: 'hang',
    title: 'no answer',
    fault: { kind: 'hang' },
    codes: ['timeout'],
  },
  {
    name: 'reset',
    title: 'connections that are reset',
    fault: { kind: 'reset' },
    codes: ['unavailable'],
  },
  {
    name: 'cut-off',
    title: 'answers that are cut off',
    fault: { kind: 'cut-off' },
    codes: ['unavailable'],
  },
  {
    name: 'html',
    title: 'a page instead of data',
    fault: { kind: 'html' },
    codes: ['malformed'],
  },
  {
    name: 'malformed',
    title: 'answers that are not JSON',
    fault: { kind: 'malformed' },
    codes: ['malformed'],
  },
];
