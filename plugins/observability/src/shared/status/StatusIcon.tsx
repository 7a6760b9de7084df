import { Status } from '@watchkeeper/backstage-plugin-observability-common';
import styles from './StatusBadge.module.css';

/**
 * The shape of a status: octagon, triangle, ring with a tick, dashed ring, dash.
 * The shapes tell as much as the colours. The word stands beside it, so the icon
 * itself is silent.
 */
export function StatusIcon(props: { status: Status | null }) {
  return (
    <svg
      className={styles.icon}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      {shapeOf(props.status)}
    </svg>
  );
}

function shapeOf(status: Status | null) {
  switch (status) {
    case 'critical':
      return (
        <path
          fillRule="evenodd"
          d="M4.9.8h6.2l4.1 4.1v6.2l-4.1 4.1H4.9L.8 11.1V4.9L4.9.8Zm2.2 3v5h1.8v-5H7.1Zm0 6.4V12h1.8v-1.8H7.1Z"
        />
      );
    case 'warning':
      return (
        <path
          fillRule="evenodd"
          d="M8 1 15.6 14.6H.4L8 1Zm-.9 4.9v4.2h1.8V5.9H7.1Zm0 5.2v1.7h1.8v-1.7H7.1Z"
        />
      );
    case 'ok':
      return (
        <path
          fillRule="evenodd"
          d="M8 .8a7.2 7.2 0 1 1 0 14.4A7.2 7.2 0 0 1 8 .8Zm0 1.5a5.7 5.7 0 1 0 0 11.4A5.7 5.7 0 0 0 8 2.3Zm-.9 8.8L4.2 8.2l1.1-1.1 1.8 1.8 3.6-3.6 1.1 1.1-4.7 4.7Z"
        />
      );
    case 'unknown':
      return (
        <>
          <circle
            cx="8"
            cy="8"
            r="6.4"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeDasharray="2.6 1.4"
          />
          <path d="M7.2 9.6c0-1.7 1.9-1.7 1.9-3a1.1 1.1 0 0 0-2.2 0H5.5a2.5 2.5 0 0 1 5 0c0 2-1.9 2-1.9 3H7.2Zm0 1h1.4V12H7.2v-1.4Z" />
        </>
      );
    default:
      return <rect x="2.5" y="7.2" width="11" height="1.6" />;
  }
}
