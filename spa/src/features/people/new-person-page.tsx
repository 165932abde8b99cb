import { Button, Radio, Stack } from '@mantine/core';
import { type SyntheticEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'react-router';

import { fieldFault } from '@/shared/api/problem';
import type { Account } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { IconArrowLeft } from '@/shared/ui/icons';
import page from '@/shared/ui/page.module.css';
import { InlineError } from '@/shared/ui/states';
import { useTitle } from '@/shared/ui/use-title';

import { AccountFields } from './account-fields';
import { useAddAccount, usePasswordLink } from './api';
import { bodyFrom, faultsOf, newAccount } from './draft';
import { ShownLink } from './password-link';
import classes from './people.module.css';
import { texts } from './texts';

type Entry = keyof typeof texts.entries;

/** Gives somebody an account, and a way in. */
export function NewPersonPage() {
  useTitle(texts.newTitle);
  const add = useAddAccount();
  const byLink = add.variables?.byLink === true;

  return (
    <div className={page.narrow}>
      <Link to="/admin/people" className={page.back}>
        <IconArrowLeft size={18} stroke={1.75} aria-hidden="true" />
        {texts.back}
      </Link>
      {add.data === undefined ? <Form add={add} /> : <Added account={add.data} byLink={byLink} onAnother={add.reset} />}
    </div>
  );
}

function Form({ add }: { add: ReturnType<typeof useAddAccount> }) {
  const [draft, setDraft] = useState(newAccount);
  const [entry, setEntry] = useState<Entry>('mail');
  const [asked, setAsked] = useState(false);
  const body = JSON.stringify([bodyFrom(draft), entry]);
  // The same person sent again after a failure is the same person.
  const key = useMemo(() => ({ body, value: crypto.randomUUID() }), [body]).value;
  const noMail = entry === 'mail' && fieldFault(add.error, 'password') !== undefined;

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(faultsOf(draft)).length > 0) return;
    add.mutate({ body: bodyFrom(draft), byLink: entry === 'link', key });
  }

  return (
    <form className={page.section} onSubmit={submit} noValidate autoComplete="off">
      <h1>{texts.newTitle}</h1>
      <div className={classes.form}>
        <AccountFields draft={draft} onChange={setDraft} asked={asked} error={add.error} isNew />
        <Radio.Group
          label={texts.entry}
          value={entry}
          error={noMail ? texts.noMail : undefined}
          onChange={(value) => setEntry(value === 'link' ? 'link' : 'mail')}
        >
          <Stack gap="xs" mt="xs">
            {(['mail', 'link'] as const).map((way) => (
              <Radio key={way} value={way} label={texts.entries[way]} description={texts.entryHints[way]} />
            ))}
          </Stack>
        </Radio.Group>
        {!noMail && <InlineError error={add.error} />}
        <div className={page.foot}>
          <Button type="submit" loading={add.isPending}>
            {texts.add}
          </Button>
        </div>
      </div>
    </form>
  );
}

function Added({ account, byLink, onAnother }: { account: Account; byLink: boolean; onAnother: () => void }) {
  const { mutate, data, error, isPending } = usePasswordLink(account.id);
  const head = useRef<HTMLHeadingElement>(null);
  const begun = useRef(false);

  useEffect(() => {
    head.current?.focus();
    announce(texts.added(account.name));
    // A link ends the one before it, so it is made once, however often this is shown anew.
    if (byLink && !begun.current) mutate();
    begun.current = true;
  }, [account.name, byLink, mutate]);

  return (
    <section className={page.section}>
      <h1 ref={head} tabIndex={-1}>
        {texts.added(account.name)}
      </h1>
      {!byLink && <p>{texts.addedMail(account.email)}</p>}
      {data !== undefined && <ShownLink link={data} />}
      <InlineError error={error} />
      {byLink && data === undefined && (
        <div>
          <Button loading={isPending} onClick={() => mutate()}>
            {texts.linkMake}
          </Button>
        </div>
      )}
      <div className={page.foot}>
        <Button variant="default" onClick={onAnother}>
          {texts.addAnother}
        </Button>
        <Button variant="default" component={Link} to={`/admin/people/${account.id}`}>
          {texts.toPerson}
        </Button>
      </div>
    </section>
  );
}
