const KEY = 'watchkeeper.person';

/** Whom this browser signed in as the last time, and whether it still is. */
export interface RememberedPerson {
  userEntityRef: string;
  signedIn: boolean;
}

export function readRememberedPerson(): RememberedPerson | undefined {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return typeof stored?.userEntityRef === 'string'
      ? {
          userEntityRef: stored.userEntityRef,
          signedIn: stored.signedIn === true,
        }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Remembering is a comfort: a browser without storage signs in all the same. */
export function rememberPerson(person: RememberedPerson): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(person));
  } catch {
    // Storage may be full or forbidden.
  }
}
