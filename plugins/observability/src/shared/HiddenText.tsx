import { ReactNode } from 'react';
import text from './text.module.css';

/** Words for those who listen, where those who look have a shape. */
export function HiddenText(props: { children: ReactNode }) {
  return <span className={text.hidden}>{props.children}</span>;
}
