import { Autocomplete, CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type RefObject, useState } from 'react';

import type { Conversation } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { DetailSection } from '@/shared/ui/detail-section';
import { InlineError } from '@/shared/ui/states';

import { usedTagsQuery, useSetTags } from './api';
import classes from './facts.module.css';
import { texts } from './texts';

type Props = { conversation: Conversation; editable: boolean; field: RefObject<HTMLInputElement | null> };

export const TagsEditor = (props: Props) => (
  <DetailSection title={texts.tagsTitle}>
    <TagsField {...props} />
  </DetailSection>
);

/** Each change is kept at once: a tag is never lost with a dialog that somebody closes. */
export function TagsField({ conversation, editable, field }: Props) {
  const { data: used = [] } = useQuery({ ...usedTagsQuery, enabled: editable });
  const setTags = useSetTags(conversation.id);
  const [draft, setDraft] = useState('');
  const tags = setTags.isPending ? setTags.variables : conversation.tags;

  function add(text: string) {
    const tag = tidy(text);
    setDraft('');
    if (tag === '' || tags.includes(tag)) return;
    setTags.mutate([...tags, tag], { onSuccess: () => announce(texts.tagAdded(tag)) });
  }

  function remove(tag: string) {
    setTags.mutate(
      tags.filter((each) => each !== tag),
      { onSuccess: () => announce(texts.tagRemoved(tag)) },
    );
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Enter') {
      event.preventDefault();
      add(draft);
    }
    if (event.key === 'Escape' && draft === '') event.currentTarget.blur();
  }

  return (
    <div>
      {tags.length === 0 ? (
        <p className={classes.none}>{texts.noTags}</p>
      ) : (
        <ul className={classes.tags} aria-label={texts.tagsTitle}>
          {tags.map((tag) => (
            <li key={tag} className={classes.tag} data-fixed={!editable}>
              {tag}
              {editable && <CloseButton size="sm" radius="xl" aria-label={texts.removeTag(tag)} onClick={() => remove(tag)} />}
            </li>
          ))}
        </ul>
      )}
      {editable && (
        <Autocomplete
          ref={field}
          size="sm"
          comboboxProps={{ withinPortal: false }}
          aria-label={texts.addTag}
          placeholder={texts.addTagPlaceholder}
          data={used.filter((tag) => !tags.includes(tag))}
          limit={8}
          value={draft}
          onChange={setDraft}
          onOptionSubmit={add}
          onKeyDown={onKeyDown}
          maxLength={40}
        />
      )}
      <InlineError error={setTags.error} />
    </div>
  );
}

/** “  Panic  Attack ” and “panic attack” are one tag. */
export const tidy = (text: string) => text.trim().replace(/\s+/g, ' ').toLocaleLowerCase();
