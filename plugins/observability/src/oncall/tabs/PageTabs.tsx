import { PortalLink, Scope, useTranslation } from '../../shared';
import { usePageHrefs } from '../usePageHrefs';
import styles from './tabs.module.css';

/** What the page of the plugin is divided into. */
export function PageTabs(props: { current: 'services' | 'on-call' }) {
  const { current } = props;
  const t = useTranslation();
  const hrefs = usePageHrefs();
  if (!hrefs) {
    return null;
  }
  return (
    <Scope>
      <nav aria-label={t('onCall.tabs.label')}>
        <ul className={styles.tabs}>
          <li data-current={current === 'services'}>
            <PortalLink href={hrefs.services} quiet>
              {t('onCall.tabs.services')}
            </PortalLink>
          </li>
          <li data-current={current === 'on-call'}>
            <PortalLink href={hrefs.onCall()} quiet>
              {t('onCall.title')}
            </PortalLink>
          </li>
        </ul>
      </nav>
    </Scope>
  );
}
