import { type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';

import type { ChangesReport, ShadowReport } from '@/shared/api/types';
import { recordTime } from '@/shared/i18n/format';
import { Listing } from '@/shared/ui/listing';
import { PageHead } from '@/shared/ui/page-head';
import page from '@/shared/ui/page.module.css';
import { EmptyState } from '@/shared/ui/states';
import { useTitle } from '@/shared/ui/use-title';

import { changesQuery, isSpan, lastDays, shadowQuery } from './api';
import { CountTable } from './count-table';
import { SpanFields } from './span-fields';
import { texts } from './texts';
import { languageWord, levelWord } from './words';

/** As many as the server counts over when nothing is said. */
const usualDays = 30;

const step = (from: string, to: string) => texts.fromTo(levelWord(from), levelWord(to));
const listed = (rules: string[], words: (names: string) => string) => words(rules.length === 0 ? texts.no : rules.join(', '));

/** Where people have judged otherwise than triage. */
export function ChangesPage() {
  useTitle(texts.changesTitle);
  const [span, setSpan] = useState(() => lastDays(usualDays));
  const changes = useInfiniteQuery({ ...changesQuery(span), enabled: isSpan(span) });
  const report = changes.data?.pages[0];

  return (
    <>
      <PageHead title={texts.changesTitle} about={texts.changesAbout} />
      <SpanFields span={span} onChange={setSpan} />
      {report !== undefined && <ChangeCounts report={report} />}
      <Items of={changes} empty={<EmptyState title={texts.changesEmptyTitle}>{texts.changesEmptyText}</EmptyState>} hideEmpty={(report?.counts.length ?? 0) > 0}>
        {(item) => (
          <ConversationRow
            key={item.id}
            id={item.conversationId}
            at={item.at}
            step={step(item.fromLevel, item.toLevel)}
            facts={[item.rules.length === 0 ? texts.noRules : listed(item.rules, texts.rules), languageWord(item.language), item.version]}
          />
        )}
      </Items>
    </>
  );
}

const ChangeCounts = ({ report: { counts, lowered, missed } }: { report: ChangesReport }) => (
  <>
    {counts.length > 0 && <CountTable title={texts.counts} head={texts.level} rows={counts.map((row) => rowOf(step(row.fromLevel, row.toLevel), row))} />}
    {lowered.length > 0 && <CountTable title={texts.lowered} head={texts.rule} rows={lowered.map((row) => rowOf(row.rule, row))} />}
    {missed.length > 0 && <CountTable title={texts.missed} head={texts.level} rows={missed.map((row) => rowOf(step(row.fromLevel, row.toLevel), row))} />}
  </>
);

/** Where what is tried in the shadow would have judged otherwise. */
export function ShadowPage() {
  useTitle(texts.shadowTitle);
  const [span, setSpan] = useState(() => lastDays(usualDays));
  const differences = useInfiniteQuery({ ...shadowQuery(span), enabled: isSpan(span) });
  const report: ShadowReport | undefined = differences.data?.pages[0];

  return (
    <>
      <PageHead title={texts.shadowTitle} about={texts.shadowAbout} />
      <SpanFields span={span} onChange={setSpan} />
      {report !== undefined && report.counts.length > 0 && (
        <CountTable title={texts.countsShadow} head={texts.level} rows={report.counts.map((row) => rowOf(step(row.liveLevel, row.shadowLevel), row))} />
      )}
      <Items of={differences} empty={<EmptyState title={texts.shadowEmptyTitle}>{texts.shadowEmptyText}</EmptyState>}>
        {(item) => (
          <ConversationRow
            key={item.id}
            id={item.conversationId}
            at={item.at}
            step={step(item.liveLevel, item.shadowLevel)}
            facts={[
              texts.atMessage(item.sequence), listed(item.liveRules, texts.liveRules), listed(item.shadowRules, texts.shadowRules),
              texts.fromTo(item.liveVersion, item.shadowVersion), languageWord(item.language),
            ]}
          />
        )}
      </Items>
    </>
  );
}

const rowOf = (what: string, { version, language, count }: { version: string; language?: string | null; count: number }) => ({
  what, version, language: languageWord(language), count,
});

type Report<Item> = { items: Item[] };
type ItemsProps<Item> = {
  of: UseInfiniteQueryResult<{ pages: Report<Item>[] }>;
  empty: ReactNode;
  /** The tables above say enough. */
  hideEmpty?: boolean;
  children: (item: Item) => ReactNode;
};

function Items<Item>({ of: report, empty, hideEmpty = false, children }: ItemsProps<Item>) {
  const items = report.data?.pages.flatMap((part) => part.items);
  return (
    <section aria-label={texts.items}>
      {items !== undefined && items.length > 0 && <h2 className={page.count}>{texts.items}</h2>}
      <Listing of={{ ...report, data: items }} label={texts.items} empty={hideEmpty ? null : empty}>
        {children}
      </Listing>
    </section>
  );
}

const ConversationRow = ({ id, at, step: levels, facts }: { id: string; at: string; step: string; facts: string[] }) => (
  <li className={page.row}>
    <div className={page.what}>
      <Link to={`/desk/${id}`}>{texts.openConversation(recordTime(at))}</Link>
      <p className={page.facts}>{facts.join(' · ')}</p>
    </div>
    <span className={page.badge}>{levels}</span>
  </li>
);
