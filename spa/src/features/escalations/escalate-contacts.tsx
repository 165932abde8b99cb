import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { EmergencyContact } from '@/shared/api/types';
import { IconPhone } from '@/shared/ui/icons';
import { ErrorState, LoadingRows } from '@/shared/ui/states';

import { contactsQuery, type EscalationKind } from './escalate-api';
import { telLink } from './escalate-tel';
import { texts } from './escalate-texts';
import classes from './escalate.module.css';

/** The affiliate's directory for this kind of help, with numbers that can be called at a click. */
export function EscalateContacts({ kind, onRecord }: { kind: EscalationKind; onRecord?: (name: string) => void }) {
  const [area, setArea] = useState('');
  const [wanted] = useDebouncedValue(area.trim(), 250);
  const contacts = useQuery({ ...contactsQuery(kind, wanted), placeholderData: keepPreviousData });

  return (
    <div>
      <div className={classes.heading}>
        <h3>{texts.contacts}</h3>
        <TextInput
          size="xs"
          className={classes.area}
          aria-label={texts.area}
          placeholder={texts.areaPlaceholder}
          value={area}
          onChange={(event) => setArea(event.currentTarget.value)}
        />
      </div>
      {contacts.data === undefined ? (
        contacts.isError ? <ErrorState error={contacts.error} onRetry={() => void contacts.refetch()} /> : <LoadingRows rows={2} />
      ) : contacts.data.length === 0 ? (
        <p className={classes.empty}>{texts.noContacts}</p>
      ) : (
        <ul className={classes.contacts} aria-label={texts.contacts}>
          {contacts.data.map((contact) => (
            <Contact key={contact.id} contact={contact} onRecord={onRecord} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Contact({ contact, onRecord }: { contact: EmergencyContact; onRecord: ((name: string) => void) | undefined }) {
  const { name, area, phone, email, notes, onCall } = contact;
  return (
    <li className={classes.contact}>
      <div>
        <p className={classes.contactName}>{name}</p>
        {phone != null && (
          <a className={classes.phone} href={telLink(phone)} aria-label={texts.call(name, phone)}>
            <IconPhone size={16} stroke={2} aria-hidden="true" />
            {phone}
          </a>
        )}
        <p className={classes.contactText}>{[area ?? texts.everywhere, onCall ? texts.onCall : null].filter(Boolean).join(' · ')}</p>
        {phone == null && email != null && <a href={`mailto:${email}`}>{email}</a>}
        {notes != null && <p className={classes.contactText}>{notes}</p>}
      </div>
      {onRecord !== undefined && (
        <Button size="compact-sm" variant="default" aria-label={texts.recordFor(name)} onClick={() => onRecord(name)}>
          {texts.record}
        </Button>
      )}
    </li>
  );
}
