import { Link } from 'react-router';

import type { Demo } from '@/shared/api/demo';
import { wordFor } from '@/shared/i18n/texts';
import { IconDeviceMobile } from '@/shared/ui/icons';

import type { Credentials } from './sign-in-form';
import classes from './sign-in-page.module.css';
import { texts } from './texts';

type Props = { accounts: Demo['accounts']; onPick: (credentials: Credentials) => void };

const order = ['responder', 'supervisor', 'admin'];

const byRole = (accounts: Demo['accounts']) => [...accounts].sort((one, other) => order.indexOf(one.role) - order.indexOf(other.role));

/** The demo's accounts, each signed in with a click. Absent where the demo is off. */
export function DemoAccounts({ accounts, onPick }: Props) {
  return (
    <section className={classes.demo} aria-labelledby="demo-title">
      <h2 id="demo-title" className={classes.demoTitle}>
        {texts.demoTitle}
      </h2>
      <p className={classes.hint}>{texts.demoHint}</p>
      <ul className={classes.accounts}>
        {byRole(accounts).map(({ role, name, email, password }) => (
          <li key={email}>
            <button type="button" className={classes.account} onClick={() => onPick({ email, password })}>
              <span className={classes.accountRole}>{texts.demoSignInAs(wordFor(texts.role, role) ?? role)}</span>
              <span className={classes.accountName}>{name}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className={classes.hint}>
        <Link to="/simulator" className={classes.simulator}>
          <IconDeviceMobile size={16} stroke={1.75} aria-hidden="true" />
          {texts.simulator}
        </Link>{' '}
        {texts.simulatorHint}
      </p>
    </section>
  );
}
