import { Button } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { useNavigate } from 'react-router';

import { sessionsEnded } from '@/shared/api/session';
import type { Tagged } from '@/shared/api/tagged';
import type { Account } from '@/shared/api/types';
import { useMe } from '@/shared/api/use-session';
import { announce } from '@/shared/ui/announcer';
import { Confirm } from '@/shared/ui/confirm';
import page from '@/shared/ui/page.module.css';
import { InlineError } from '@/shared/ui/states';

import { useEndSessions, usePasswordLink, useRemoveAccount, useResetFactor } from './api';
import { ShownLink } from './password-link';
import { texts } from './texts';

type Props = { standing: Tagged<Account>; onReload: () => void };

/** How somebody gets in, and is put out. What is not allowed says why. */
export function AccessSection({ standing, onReload }: Props) {
  const me = useMe();
  const { id, name, status } = standing.value;
  const own = id === me.id;
  const [asking, setAsking] = useState<'factor' | 'sessions' | 'remove' | null>(null);
  const close = () => setAsking(null);

  return (
    <section className={page.section} aria-labelledby="access">
      <h2 id="access">{texts.access}</h2>
      <Link id={id} refused={own ? texts.linkOwn : status !== 'active' ? texts.linkInactive : null} />
      <Act title={texts.factorTitle} about={texts.factorAbout} name={texts.factorReset} refused={own ? texts.factorOwn : null} onAct={() => setAsking('factor')} />
      <Act title={texts.sessionsTitle} about={texts.sessionsAbout} name={texts.sessionsEnd} refused={null} onAct={() => setAsking('sessions')} />
      <Act title={texts.removeTitle} about={texts.removeAbout} name={texts.remove} refused={own ? texts.removeOwn : null} onAct={() => setAsking('remove')} />
      {asking === 'factor' && <FactorDialog id={id} name={name} onClose={close} />}
      {asking === 'sessions' && <SessionsDialog id={id} name={name} own={own} onClose={close} />}
      {asking === 'remove' && <RemoveDialog standing={standing} onReload={onReload} onClose={close} />}
    </section>
  );
}

type ActProps = { title: string; about: string; name: string; refused: string | null; busy?: boolean; onAct: () => void; children?: ReactNode };

function Act({ title, about, name, refused, busy = false, onAct, children }: ActProps) {
  const reason = useId();
  return (
    <div className={page.act}>
      <div>
        <h3>{title}</h3>
        <p className={page.facts} id={reason}>
          {refused ?? about}
        </p>
      </div>
      <Button variant="default" disabled={refused !== null} loading={busy} aria-describedby={reason} onClick={onAct}>
        {name}
      </Button>
      {children}
    </div>
  );
}

function Link({ id, refused }: { id: string; refused: string | null }) {
  const link = usePasswordLink(id);
  return (
    <>
      <Act
        title={texts.linkTitle}
        about={texts.linkAbout}
        name={link.data === undefined ? texts.linkMake : texts.linkAgain}
        refused={refused}
        busy={link.isPending}
        onAct={() => link.mutate(undefined, { onSuccess: () => announce(texts.linkMade) })}
      />
      {link.data !== undefined && <ShownLink link={link.data} />}
      <InlineError error={link.error} />
    </>
  );
}

function FactorDialog({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const reset = useResetFactor(id);
  return (
    <Confirm
      title={texts.factorConfirmTitle(name)}
      text={texts.factorConfirmText}
      confirm={texts.factorConfirm}
      busy={reset.isPending}
      error={reset.error}
      onConfirm={() => reset.mutate(undefined, { onSuccess: () => done(texts.factorDone, onClose) })}
      onClose={onClose}
    />
  );
}

function SessionsDialog({ id, name, own, onClose }: { id: string; name: string; own: boolean; onClose: () => void }) {
  const end = useEndSessions(id);
  return (
    <Confirm
      title={texts.sessionsConfirmTitle(name)}
      text={own ? texts.sessionsOwnText : texts.sessionsConfirmText}
      confirm={texts.sessionsConfirm}
      busy={end.isPending}
      error={end.error}
      onConfirm={() =>
        end.mutate(undefined, {
          onSuccess: () => {
            done(texts.sessionsDone, onClose);
            if (own) sessionsEnded();
          },
        })
      }
      onClose={onClose}
    />
  );
}

function RemoveDialog({ standing, onReload, onClose }: Props & { onClose: () => void }) {
  const navigate = useNavigate();
  const remove = useRemoveAccount(standing);

  function removed() {
    announce(texts.removed);
    void navigate('/admin/people');
  }

  function reload() {
    onReload();
    onClose();
  }

  return (
    <Confirm
      title={texts.removeConfirmTitle(standing.value.name)}
      text={texts.removeConfirmText}
      confirm={texts.removeConfirm}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(undefined, { onSuccess: removed })}
      onReload={reload}
      onClose={onClose}
    />
  );
}

function done(words: string, onClose: () => void) {
  announce(words);
  onClose();
}
