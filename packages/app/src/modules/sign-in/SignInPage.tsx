import {
  configApiRef,
  discoveryApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Skeleton, Text, VisuallyHidden } from '@backstage/ui';
import { useCallback, useEffect, useRef, useState } from 'react';
import { LogoMark } from '../nav/Logo';
import { messageOf } from './messageOf';
import { PeopleList } from './PeopleList';
import { PersonIdentity } from './PersonIdentity';
import { readRememberedPerson } from './rememberedPerson';
import styles from './SignInPage.module.css';
import { signInTranslationRef } from './translation';
import { PeopleState, Person, usePeople } from './usePeople';

/**
 * Signs in as any person of the catalog, and as the same one again when the
 * page is loaded anew, until that person signs out.
 */
export function SignInPage(props: SignInPageProps) {
  const { onSignInSuccess } = props;
  const { t } = useTranslationRef(signInTranslationRef);
  const discoveryApi = useApi(discoveryApiRef);
  const organization =
    useApi(configApiRef).getOptionalString('organization.name') ??
    'Watchkeeper';
  const [remembered] = useState(readRememberedPerson);
  const [pending, setPending] = useState(
    remembered?.signedIn ? remembered.userEntityRef : undefined,
  );
  const [failure, setFailure] = useState<{ name: string; message: string }>();
  const peopleState = usePeople();

  const signIn = useCallback(
    async (userEntityRef: string, name: string) => {
      setPending(userEntityRef);
      setFailure(undefined);
      try {
        onSignInSuccess(
          await PersonIdentity.signIn({ userEntityRef, discoveryApi }),
        );
      } catch (error) {
        setPending(undefined);
        setFailure({
          name,
          message: messageOf(error),
        });
      }
    },
    [discoveryApi, onSignInSuccess],
  );

  // Resumes once, as soon as the portal answers.
  const resumed = useRef(false);
  useEffect(() => {
    if (
      remembered?.signedIn &&
      peopleState.status === 'loaded' &&
      !resumed.current
    ) {
      resumed.current = true;
      const person = peopleState.people.find(
        ({ userEntityRef }) => userEntityRef === remembered.userEntityRef,
      );
      signIn(
        remembered.userEntityRef,
        person?.displayName ?? remembered.userEntityRef,
      );
    }
  }, [peopleState, remembered, signIn]);

  const pendingName = nameOf(pending, peopleState);

  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <div className={styles.brand}>
          <span className={styles.mark}>
            <LogoMark />
          </span>
          <Text variant="title-x-small" weight="bold">
            {organization}
          </Text>
        </div>
        <div className={styles.intro}>
          <Text as="h1" variant="title-medium" weight="bold">
            {t('title')}
          </Text>
          <Text as="p" variant="body-medium" color="secondary">
            {t('subtitle', { organization })}
          </Text>
        </div>
        {failure && (
          <Alert
            status="danger"
            icon
            role="alert"
            title={t('failedTitle', { name: failure.name })}
            description={failure.message}
          />
        )}
        <People
          state={peopleState}
          label={t('people', { organization })}
          lastUsed={remembered?.userEntityRef}
          pending={pending}
          onPick={person => signIn(person.userEntityRef, person.displayName)}
        />
        <VisuallyHidden>
          <span role="status">
            {pendingName ? t('signingIn', { name: pendingName }) : ''}
          </span>
        </VisuallyHidden>
      </div>
    </main>
  );
}

function People(props: {
  state: PeopleState;
  label: string;
  lastUsed?: string;
  pending?: string;
  onPick(person: Person): void;
}) {
  const { state, ...listProps } = props;
  const { t } = useTranslationRef(signInTranslationRef);

  switch (state.status) {
    case 'loading':
      return (
        <div className={styles.skeletons} aria-busy aria-label={t('loading')}>
          <Skeleton height={56} />
          <Skeleton height={56} />
          <Skeleton height={56} />
        </div>
      );
    case 'starting':
      return (
        <Alert status="info" isPending role="status" title={t('starting')} />
      );
    case 'refused':
      return (
        <Alert
          status="warning"
          icon
          role="alert"
          title={t('refusedTitle')}
          description={state.message}
        />
      );
    case 'failed':
      return (
        <Alert
          status="danger"
          icon
          role="alert"
          title={t('failedListTitle')}
          description={state.message}
        />
      );
    default:
      return state.people.length === 0 ? (
        <Alert status="info" isPending role="status" title={t('empty')} />
      ) : (
        <PeopleList people={state.people} {...listProps} />
      );
  }
}

function nameOf(userEntityRef: string | undefined, state: PeopleState) {
  return state.status === 'loaded'
    ? state.people.find(person => person.userEntityRef === userEntityRef)
        ?.displayName
    : undefined;
}
