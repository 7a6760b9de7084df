import { MarkdownContent } from '@backstage/core-components';
import { safeHref } from '../../shared';
import styles from './handoff.module.css';

/**
 * A handoff note as people read it. HTML in it stays text, links lead to the web
 * or nowhere, and pictures are not fetched: whoever reads would be told on.
 */
export function NoteText(props: { text: string }) {
  return (
    <MarkdownContent
      className={styles.text}
      // The other dialect draws HTML.
      dialect="common-mark"
      content={props.text}
      linkTarget="_blank"
      transformLinkUri={href => safeHref(href) ?? ''}
      transformImageUri={() => ''}
    />
  );
}
