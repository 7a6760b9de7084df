import { Link, Text } from '@backstage/ui';
import styles from './Tour.module.css';

const stops = [
  {
    href: '/observability',
    title: 'All services',
    text: 'Worst first: what is wrong now, and since when.',
  },
  {
    href: '/catalog/default/component/visioncrm-api/health',
    title: 'visioncrm-api',
    text: 'A service in trouble: what exactly, against which threshold, and what changed.',
  },
  {
    href: '/catalog/default/component/visioncrm-docs/health',
    title: 'visioncrm-docs',
    text: 'A service that names no source yet, and what to write into its annotations.',
  },
  {
    href: '/catalog/default/system/visioncrm',
    title: 'The system VisionCRM',
    text: 'Web, API, worker and database, and how they depend on each other.',
  },
];

/** The places where the demo's story is told. */
export function Tour() {
  return (
    <ul className={styles.stops}>
      {stops.map(({ href, title, text }) => (
        <li key={href}>
          <Link href={href} variant="body-medium" weight="bold">
            {title}
          </Link>
          <Text as="p" variant="body-small" color="secondary">
            {text}
          </Text>
        </li>
      ))}
    </ul>
  );
}
