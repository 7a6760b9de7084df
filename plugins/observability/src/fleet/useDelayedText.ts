import { useEffect, useRef, useState } from 'react';

const DELAY_MS = 300;

/**
 * A text that one types into, written only once one pauses. A value that comes
 * from elsewhere, such as the back button, replaces what was typed.
 */
export function useDelayedText(
  value: string,
  write: (value: string) => void,
): [string, (text: string) => void] {
  const [text, setText] = useState(value);
  const settled = useRef(value);
  const latestWrite = useRef(write);
  latestWrite.current = write;

  useEffect(() => {
    if (value !== settled.current) {
      settled.current = value;
      setText(value);
    }
  }, [value]);

  useEffect(() => {
    if (text === settled.current) {
      return undefined;
    }
    const timer = setTimeout(() => {
      settled.current = text;
      latestWrite.current(text);
    }, DELAY_MS);
    return () => clearTimeout(timer);
  }, [text]);

  return [text, setText];
}
