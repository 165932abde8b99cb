import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { Link, useParams } from 'react-router';

import type { Tagged } from '@/shared/api/tagged';
import type { Account } from '@/shared/api/types';
import { useMe } from '@/shared/api/use-session';
import { announce } from '@/shared/ui/announcer';
import { IconArrowLeft } from '@/shared/ui/icons';
import page from '@/shared/ui/page.module.css';
import { SaveError } from '@/shared/ui/save-error';
import { ErrorState, LoadingRows } from '@/shared/ui/states';
import { useTitle } from '@/shared/ui/use-title';

import { AccessSection } from './access-section';
import { AccountFields } from './account-fields';
import { accountQuery, useChangeAccount } from './api';
import { bodyFrom, draftOf, faultsOf } from './draft';
import classes from './people.module.css';
import { texts } from './texts';

/** Somebody's account: what they may do, and how they get in. */
export function PersonPage() {
  const { userId = '' } = useParams();
  const account = useQuery(accountQuery(userId));
  useTitle(account.data?.value.name ?? texts.title);

  return (
    <div className={page.narrow}>
      <Link to="/admin/people" className={page.back}>
        <IconArrowLeft size={18} stroke={1.75} aria-hidden="true" />
        {texts.back}
      </Link>
      {account.data === undefined ? (
        account.isError ? <ErrorState error={account.error} onRetry={() => void account.refetch()} /> : <LoadingRows rows={4} />
      ) : (
        <>
          <Form key={account.data.etag} standing={account.data} onReload={() => void account.refetch()} />
          <AccessSection standing={account.data} onReload={() => void account.refetch()} />
        </>
      )}
    </div>
  );
}

function Form({ standing, onReload }: { standing: Tagged<Account>; onReload: () => void }) {
  const me = useMe();
  const change = useChangeAccount(standing);
  const [draft, setDraft] = useState(() => draftOf(standing.value));
  const [asked, setAsked] = useState(false);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(faultsOf(draft)).length > 0) return;
    change.mutate(bodyFrom(draft), { onSuccess: () => announce(texts.saved) });
  }

  return (
    <form className={page.section} onSubmit={submit} noValidate autoComplete="off">
      <h1>{standing.value.unreadable ? texts.unreadable : standing.value.name}</h1>
      <div className={classes.form}>
        <AccountFields draft={draft} onChange={setDraft} asked={asked} error={change.error} own={standing.value.id === me.id} />
        <p className={classes.reason}>{texts.signsOut}</p>
        <SaveError error={change.error} onReload={onReload} />
        <div className={page.foot}>
          <Button type="submit" loading={change.isPending}>
            {texts.save}
          </Button>
        </div>
      </div>
    </form>
  );
}
