import { CloseButton, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';

import { cannedResponsesQuery } from '@/shared/api/canned-responses';
import type { CannedResponse } from '@/shared/api/types';
import { Counter } from '@/shared/ui/counter';
import { IconSearch } from '@/shared/ui/icons';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';

import classes from './canned-picker.module.css';
import { longestBody } from './limits';
import { found } from './search';
import { texts } from './texts';
import { useLeaving } from './use-leaving';

type Props = {
  programId: string;
  isSms: boolean;
  /** Whether what is typed next is what is sought; on a phone the keyboard would hide what can be chosen. */
  typing: boolean;
  onChoose: (response: CannedResponse) => void;
  /** The first thing typed is another slash: it was the slash itself that was wanted. */
  onSlash: () => void;
  onClose: (how: 'dismissed' | 'left') => void;
};

/** Finds a canned response and hands it over: a field that filters, what it finds, and what the marked one says. */
export function CannedPicker({ programId, isSms, typing, onChoose, onSlash, onClose }: Props) {
  const responses = useQuery(cannedResponsesQuery);
  const [sought, setSought] = useState('');
  const [markedId, setMarkedId] = useState<string | null>(null);
  const panel = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const ours = responses.data?.filter((response) => response.programId === programId) ?? [];
  const shown = found(ours, sought);
  const marked = shown.find((response) => response.id === markedId) ?? shown[0];
  const optionId = (response: CannedResponse) => `${id}-${response.id}`;

  useEffect(() => (typing ? search.current : panel.current)?.focus(), [typing]);
  useLeaving(panel, onClose);

  function seek(words: string) {
    if (words === '/') {
      onSlash();
      return;
    }
    setSought(words);
    setMarkedId(null);
    if (list.current !== null) list.current.scrollTop = 0;
  }

  function move(step: 1 | -1) {
    const at = shown.findIndex((response) => response.id === marked?.id);
    const next = shown[(at + step + shown.length) % shown.length];
    if (next === undefined) return;
    setMarkedId(next.id);
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') {
      if (marked !== undefined) onChoose(marked);
    } else return;
    event.preventDefault();
  }

  return (
    <div ref={panel} className={classes.panel} role="dialog" aria-label={texts.pick} tabIndex={-1}>
      <div className={classes.head}>
        <TextInput
          ref={search}
          className={classes.search}
          role="combobox"
          aria-label={texts.pickSearch}
          aria-autocomplete="list"
          aria-expanded={shown.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={marked === undefined ? undefined : optionId(marked)}
          placeholder={texts.pickPlaceholder}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
          autoComplete="off"
          autoCapitalize="none"
          enterKeyHint="done"
          value={sought}
          onChange={(event) => seek(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <CloseButton aria-label={texts.pickClose} onClick={() => onClose('dismissed')} />
      </div>
      <p className="visually-hidden" role="status">
        {responses.data !== undefined && (shown.length > 0 ? texts.pickCount(shown.length) : ours.length > 0 ? texts.pickNone : texts.pickEmpty)}
      </p>
      <div className={classes.body}>
        <div ref={list} id={`${id}-list`} className={classes.list} role="listbox" aria-label={texts.pick} hidden={shown.length === 0}>
          {shown.map((response) => (
            <Option
              key={response.id}
              id={optionId(response)}
              response={response}
              marked={response === marked}
              onMark={() => setMarkedId(response.id)}
              onChoose={() => onChoose(response)}
              onKeyDown={onKeyDown}
            />
          ))}
        </div>
        {marked !== undefined && (
          <div className={classes.preview} aria-hidden="true">
            <p className={classes.previewText}>{marked.body}</p>
            <Counter content={marked.body} limit={longestBody} isSms={isSms} />
          </div>
        )}
        {responses.data === undefined ? (
          responses.isError ? <ErrorState error={responses.error} onRetry={() => void responses.refetch()} /> : <LoadingRows rows={3} height={44} />
        ) : (
          shown.length === 0 && (
            <EmptyState title={ours.length > 0 ? texts.pickNone : texts.pickEmpty}>{ours.length > 0 ? texts.pickNoneText : texts.pickEmptyText}</EmptyState>
          )
        )}
      </div>
      <p className={classes.keys} aria-hidden="true">
        {texts.pickKeys}
      </p>
    </div>
  );
}

type OptionProps = {
  id: string;
  response: CannedResponse;
  marked: boolean;
  onMark: () => void;
  onChoose: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

/** The focus stays with the field, unless a screen reader brings it here. */
const Option = ({ id, response, marked, onMark, onChoose, onKeyDown }: OptionProps) => (
  <div
    id={id}
    className={classes.option}
    role="option"
    tabIndex={-1}
    aria-selected={marked}
    onPointerDown={(event) => event.preventDefault()}
    onPointerMove={onMark}
    onFocus={onMark}
    onClick={onChoose}
    onKeyDown={onKeyDown}
  >
    <div className={classes.title}>{response.title}</div>
    <div className={classes.words}>{response.body}</div>
  </div>
);
