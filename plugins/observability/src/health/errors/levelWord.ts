import { Status } from '@watchkeeper/backstage-plugin-observability-common';
import { Translate } from '../../shared';

const LEVELS = {
  fatal: 'health.level.fatal',
  error: 'health.level.error',
  warning: 'health.level.warning',
  info: 'health.level.info',
  debug: 'health.level.debug',
} as const;

const SUBSTATUSES = {
  new: 'health.substatus.new',
  ongoing: 'health.substatus.ongoing',
  escalating: 'health.substatus.escalating',
  regressed: 'health.substatus.regressed',
} as const;

function isLevel(level: string): level is keyof typeof LEVELS {
  return Object.hasOwn(LEVELS, level);
}

function isSubstatus(text: string): text is keyof typeof SUBSTATUSES {
  return Object.hasOwn(SUBSTATUSES, text);
}

/** A level in the reader's words; a vendor's new one as it came. */
export function levelWord(level: string, t: Translate): string {
  return isLevel(level) ? t(LEVELS[level]) : level;
}

/** A substatus in the reader's words; a vendor's new one as it came. */
export function substatusWord(substatus: string, t: Translate): string {
  return isSubstatus(substatus) ? t(SUBSTATUSES[substatus]) : substatus;
}

/** The shape of a level. What is neither error nor warning is a plain dash. */
export function levelStatus(level: string): Status | null {
  switch (level) {
    case 'fatal':
    case 'error':
      return 'critical';
    case 'warning':
      return 'warning';
    default:
      return null;
  }
}
