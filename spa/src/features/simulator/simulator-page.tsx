import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link } from 'react-router';

import { demoQuery, type Demo } from '@/shared/api/demo';
import { BrandMark } from '@/shared/ui/brand-mark';
import { IconDeviceMobile, IconRefresh } from '@/shared/ui/icons';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';
import { useTitle } from '@/shared/ui/use-title';

import { usePhone } from './api';
import { Phone } from './phone';
import classes from './simulator.module.css';
import { texts } from './texts';

export function SimulatorPage() {
  const demo = useQuery(demoQuery);
  useTitle(texts.title);

  if (demo.isPending) return <Plain>{<LoadingRows />}</Plain>;
  if (demo.isError) return <Plain>{<ErrorState error={demo.error} onRetry={() => void demo.refetch()} />}</Plain>;
  if (demo.data === null) return <Plain>{<SwitchedOff />}</Plain>;
  return <Simulator demo={demo.data} />;
}

/** A phone beside an explanation: the texter's side of the whole job. */
function Simulator({ demo }: { demo: Demo }) {
  const { phone, renew } = usePhone();
  const { mutate: makePhone, isIdle } = renew;

  useEffect(() => {
    if (phone === null && isIdle) makePhone();
  }, [phone, isIdle, makePhone]);

  return (
    <div className={classes.page}>
      <main className={classes.stage}>
        <section className={classes.side}>
          <p className={classes.brand}>
            <BrandMark size={28} />
            Chat
          </p>
          <h1 className={classes.title}>{texts.title}</h1>
          <p>
            {texts.how} {texts.howDesk}
          </p>
          <p className={classes.soft}>{texts.pretend}</p>
          <div className={classes.actions}>
            <Button component="a" href="/desk" target="_blank" rel="noopener">
              {texts.openDesk}
            </Button>
            <Button
              variant="default"
              loading={renew.isPending}
              leftSection={<IconRefresh size={16} stroke={1.75} aria-hidden="true" />}
              onClick={() => renew.mutate()}
            >
              {texts.newPhone}
            </Button>
          </div>
          <p className={classes.soft}>{texts.newPhoneHint}</p>
        </section>
        {phone !== null && <Phone key={phone.id} phone={phone} address={demo.address} keywords={demo.keywords} onLost={makePhone} />}
        {phone === null && renew.isError && <ErrorState error={renew.error} onRetry={() => renew.mutate()} />}
      </main>
    </div>
  );
}

const Plain = ({ children }: { children: React.ReactNode }) => <main className={classes.plain}>{children}</main>;

const SwitchedOff = () => (
  <EmptyState
    title={texts.offTitle}
    wholePage
    icon={<IconDeviceMobile size={26} stroke={1.6} aria-hidden="true" />}
    action={
      <Button component={Link} to="/sign-in" variant="default">
        {texts.toSignIn}
      </Button>
    }
  >
    {texts.offText}
  </EmptyState>
);
