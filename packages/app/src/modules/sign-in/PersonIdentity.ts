import { ResponseError } from '@backstage/errors';
import {
  BackstageUserIdentity,
  DiscoveryApi,
  IdentityApi,
  ProfileInfo,
} from '@backstage/frontend-plugin-api';
import { rememberPerson } from './rememberedPerson';

/** A token is renewed when less than this is left of its life. */
const RENEW_BEFORE_EXPIRY_SECONDS = 300;

interface Session {
  profile: ProfileInfo;
  backstageIdentity: {
    token: string;
    expiresInSeconds?: number;
    identity: BackstageUserIdentity;
  };
}

/**
 * The identity of a person chosen in the picker. The token is renewed when it
 * is asked for and its end is near; signing out forgets that we were signed
 * in, not who it was.
 */
export class PersonIdentity implements IdentityApi {
  readonly #userEntityRef: string;
  readonly #discoveryApi: DiscoveryApi;
  #session: Session;
  #renewAt: number;
  #renewal?: Promise<void>;

  /** Signs in; fails when the portal does not know or refuses the person. */
  static async signIn(options: {
    userEntityRef: string;
    discoveryApi: DiscoveryApi;
  }): Promise<PersonIdentity> {
    const { userEntityRef, discoveryApi } = options;
    const session = await fetchSession(userEntityRef, discoveryApi);
    rememberPerson({ userEntityRef, signedIn: true });
    return new PersonIdentity(userEntityRef, discoveryApi, session);
  }

  private constructor(
    userEntityRef: string,
    discoveryApi: DiscoveryApi,
    session: Session,
  ) {
    this.#userEntityRef = userEntityRef;
    this.#discoveryApi = discoveryApi;
    this.#session = session;
    this.#renewAt = renewalTime(session);
  }

  async getProfileInfo(): Promise<ProfileInfo> {
    return this.#session.profile;
  }

  async getBackstageIdentity(): Promise<BackstageUserIdentity> {
    return this.#session.backstageIdentity.identity;
  }

  async getCredentials(): Promise<{ token?: string }> {
    if (Date.now() >= this.#renewAt) {
      this.#renewal ??= this.#renew().finally(() => {
        this.#renewal = undefined;
      });
      await this.#renewal;
    }
    return { token: this.#session.backstageIdentity.token };
  }

  async signOut(): Promise<void> {
    rememberPerson({ userEntityRef: this.#userEntityRef, signedIn: false });
  }

  async #renew(): Promise<void> {
    this.#session = await fetchSession(this.#userEntityRef, this.#discoveryApi);
    this.#renewAt = renewalTime(this.#session);
  }
}

async function fetchSession(
  userEntityRef: string,
  discoveryApi: DiscoveryApi,
): Promise<Session> {
  const baseUrl = await discoveryApi.getBaseUrl('auth');
  const response = await fetch(`${baseUrl}/person-picker/refresh`, {
    method: 'POST',
    headers: { 'x-person-entity-ref': userEntityRef },
  });
  if (!response.ok) {
    throw await ResponseError.fromResponse(response);
  }
  return response.json();
}

function renewalTime(session: Session): number {
  const lifeSeconds = session.backstageIdentity.expiresInSeconds ?? 3600;
  return (
    Date.now() + Math.max(0, lifeSeconds - RENEW_BEFORE_EXPIRY_SECONDS) * 1000
  );
}
