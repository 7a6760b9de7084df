import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  createProxyAuthenticator,
  SignInResolver,
} from '@backstage/plugin-auth-node';
import { isPickerAllowed, REFUSED_MESSAGE } from './environment';

/**
 * The header that names the chosen person. A header of our own makes the
 * browser ask first (CORS), so that no other site can sign anybody in.
 */
export const PERSON_HEADER = 'x-person-entity-ref';

/** The person whom the browser chose; nothing is proven about them. */
export interface PickedPerson {
  userEntityRef: string;
}

export const personPickerAuthenticator = createProxyAuthenticator<
  void,
  PickedPerson,
  undefined
>({
  initialize() {},
  async authenticate({ req }) {
    if (!isPickerAllowed()) {
      throw new NotAllowedError(REFUSED_MESSAGE);
    }
    return { result: { userEntityRef: readUserEntityRef(req.headers) } };
  },
  async defaultProfileTransform({ userEntityRef }, context) {
    const { entity } = await context.findCatalogUser({
      entityRef: userEntityRef,
    });
    const profile = entity.spec?.profile;
    if (!profile || typeof profile !== 'object' || Array.isArray(profile)) {
      return { profile: { displayName: entity.metadata.title } };
    }
    return {
      profile: {
        displayName: textOf(profile.displayName) ?? entity.metadata.title,
        email: textOf(profile.email),
        picture: textOf(profile.picture),
      },
    };
  },
});

/** Only people of the catalog sign in; an unknown one is a 404. */
export const signInAsPickedPerson: SignInResolver<PickedPerson> = async (
  { result },
  context,
) => context.signInWithCatalogUser({ entityRef: result.userEntityRef });

function readUserEntityRef(
  headers: Record<string, string | string[] | undefined>,
): string {
  const value = headers[PERSON_HEADER];
  if (typeof value !== 'string' || value === '') {
    throw new InputError(`The header ${PERSON_HEADER} must name a person`);
  }
  const compound = parsePersonRef(value);
  if (compound?.kind !== 'user') {
    throw new InputError(
      `The header ${PERSON_HEADER} must be the entity reference of a User`,
    );
  }
  return stringifyEntityRef(compound);
}

function parsePersonRef(value: string) {
  try {
    const { kind, namespace, name } = parseEntityRef(value, {
      defaultKind: 'user',
      defaultNamespace: 'default',
    });
    return { kind: kind.toLocaleLowerCase('en-US'), namespace, name };
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
