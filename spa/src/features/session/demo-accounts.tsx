import { Link } from 'react-router';

import type { Demo } from '@/shared/api/demo';
import { wordFor } from '@/shared/i18n/texts';
import { IconDeviceMobile } from '@/shared/ui/icons';

import type { Credentials } from './sign-in-form';
import classes from './sign-in-page.module.css';
import { texts } from './texts';

type Props = { accounts: Account[]; onPick: (credentials: Credentials) => void };

type Account = Demo['accounts'][number];

/** Both admins have the same role; in what the demo tells, only the email sets the platform's apart. */
const platformEmail = 'admin@chat.example';
const seatOf = ({ role, email }: Account) => (email === platformEmail ? 'platformAdmin' : role);

const order = ['responder', 'supervisor', 'admin', 'platformAdmin'];

const bySeat = (accounts: Account[]) => [...accounts].sort((one, other) => order.indexOf(seatOf(one)) - order.indexOf(seatOf(other)));

/** The demo's accounts, each signed in with a click. Absent where the demo is off. */
export function DemoAccounts({ accounts, onPick }: Props) {
  return (
    <section className={classes.demo} aria-labelledby="demo-title">
      <h2 id="demo-title" className={classes.demoTitle}>
        {texts.demoTitle}
      </h2>
      <p className={classes.hint}>{texts.demoHint}</p>
      <ul className={classes.accounts}>
        {bySeat(accounts).map((account) => (
          <li key={account.email}>
            <button type="button" className={classes.account} onClick={() => onPick({ email: account.email, password: account.password })}>
              <span className={classes.accountRole}>{texts.demoSignInAs(wordFor(texts.role, seatOf(account)) ?? account.role)}</span>
              <span className={classes.accountName}>{account.name}</span>
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
