import { Button, TextInput } from '@mantine/core';
import { type ReactNode, type SyntheticEvent, useState } from 'react';

import type { Texter } from '@/shared/api/types';
import { shortMask } from '@/shared/ui/short-mask';
import { InlineError } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';

import { useSearch } from './api';
import { blockState } from './may';
import classes from './search.module.css';
import { texts } from './texts';
import { dateOf } from './time';

/** Finds texters by their number. What was typed and what was found is gone with the dialog that it stands in. */
export function NumberSearch({ children }: { children: (texter: Texter) => ReactNode }) {
  const search = useSearch();
  const [phone, setPhone] = useState('');
  const [asked, setAsked] = useState(false);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (phone.trim() !== '') search.mutate(phone.trim());
  }

  return (
    <>
      <form className={classes.form} onSubmit={submit} noValidate autoComplete="off">
        <TextInput
          type="tel"
          label={texts.searchField}
          description={texts.searchExample}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          data-autofocus
          autoComplete="off"
          maxLength={100}
          value={phone}
          error={asked && phone.trim() === '' ? texts.searchMissing : undefined}
          onChange={(event) => {
            setPhone(event.currentTarget.value);
            search.reset();
          }}
        />
        <Button type="submit" loading={search.isPending}>
          {texts.searchGo}
        </Button>
      </form>
      <InlineError error={search.error} />
      <div role="status">
        {search.data?.length === 0 && <p className={classes.none}>{texts.searchNone}</p>}
        {search.data !== undefined && search.data.length > 0 && <p className="visually-hidden">{texts.searchFound(search.data.length)}</p>}
      </div>
      {search.data?.map((texter) => (
        <section key={texter.id} className={classes.found}>
          <Found texter={texter} />
          {children(texter)}
        </section>
      ))}
    </>
  );
}

function Found({ texter }: { texter: Texter }) {
  const now = useMinute();
  const addresses = texter.addresses.map(({ masked }) => shortMask(masked)).join(', ');
  const facts = [
    texts.searchConversations(texter.conversationCount),
    texts.searchSince(dateOf(texter.firstSeenAt)),
    texter.stopped ? texts.searchStopped : '',
    blockState(texter.block, now) === 'in_force' ? texts.searchBlocked : '',
  ];
  return (
    <>
      <h3 className={classes.name}>{[texter.name, addresses].filter(Boolean).join(' · ')}</h3>
      <p className={classes.facts}>{facts.filter(Boolean).join(' · ')}</p>
    </>
  );
}
