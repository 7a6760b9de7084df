import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import styles from './Logo.module.css';

/** The mark of the demo's organisation: three layers, the upper one lit. */
export function LogoMark() {
  return (
    <svg className={styles.mark} viewBox="0 0 24 24" aria-hidden="true">
      <path d="m12 2.5 9.5 5.2-9.5 5.2-9.5-5.2z" />
      <path d="m2.5 12 9.5 5.2 9.5-5.2M2.5 16.3l9.5 5.2 9.5-5.2" />
    </svg>
  );
}

/** The mark with the organisation's name from the configuration. */
export function Logo() {
  const organization =
    useApi(configApiRef).getOptionalString('organization.name');
  return (
    <span className={styles.logo}>
      <LogoMark />
      <span className={styles.name}>{organization ?? 'Watchkeeper'}</span>
    </span>
  );
}
