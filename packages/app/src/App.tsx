import { createApp } from '@backstage/frontend-defaults';
import { homeModule } from './modules/home';
import { navModule } from './modules/nav';
import { signInModule } from './modules/sign-in';

// The plugins themselves are found by `app.packages: all` of the
// configuration; only what belongs to this portal alone is named here.
export default createApp({
  features: [homeModule, navModule, signInModule],
});
