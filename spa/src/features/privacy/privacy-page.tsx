import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useSearchParams } from 'react-router';

import { texterQuery } from '@/shared/api/texters';
import type { Erasure, Texter } from '@/shared/api/types';
import { IconShield } from '@/shared/ui/icons';
import { Listing } from '@/shared/ui/listing';
import { PageHead } from '@/shared/ui/page-head';
import page from '@/shared/ui/page.module.css';
import { shortMask } from '@/shared/ui/short-mask';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';
import { useTitle } from '@/shared/ui/use-title';

import { erasuresQuery } from './api';
import { EraseDialog, ProofDialog } from './erase-dialog';
import { HandOutButton } from './hand-out-button';
import { ProofRow } from './proof';
import { texts } from './texts';

type Props = { /** Finds texters, and shows with each what is handed in. */ search: (children: (texter: Texter) => ReactNode) => ReactNode };

/** What a texter can ask for: what is stored of them, and that it goes. */
export function PrivacyPage({ search }: Props) {
  useTitle(texts.title);
  const [params, setParams] = useSearchParams();
  const [erasing, setErasing] = useState<Texter | null>(null);
  const [proof, setProof] = useState<Erasure | null>(null);
  const texterId = params.get('texter');

  function erased(erasure: Erasure) {
    setErasing(null);
    setProof(erasure);
    setParams({}, { replace: true });
  }

  const acts = (texter: Texter) => (
    <div className={page.acts}>
      <HandOutButton texterId={texter.id} />
      <Button color="red" onClick={() => setErasing(texter)}>
        {texts.erase}
      </Button>
    </div>
  );

  return (
    <>
      <PageHead title={texts.title} about={texts.about} />
      {texterId === null ? (
        // What was found is gone with what was erased of it.
        <section className={page.section} aria-labelledby="find-texter" key={proof?.id}>
          <h2 id="find-texter">{texts.findTitle}</h2>
          {search(acts)}
        </section>
      ) : (
        <Chosen texterId={texterId} acts={acts} onAnother={() => setParams({}, { replace: true })} />
      )}
      <p className={page.count}>
        {texts.holdHint} <Link to="/admin/retention">{texts.toRetention}</Link>
      </p>
      <Proofs />
      {erasing !== null && <EraseDialog texter={erasing} onErased={erased} onClose={() => setErasing(null)} />}
      {proof !== null && <ProofDialog proof={proof} onClose={() => setProof(null)} />}
    </>
  );
}

type ChosenProps = { texterId: string; acts: (texter: Texter) => ReactNode; onAnother: () => void };

function Chosen({ texterId, acts, onAnother }: ChosenProps) {
  const texter = useQuery(texterQuery(texterId));
  return (
    <section className={page.section} aria-labelledby="chosen-texter">
      <h2 id="chosen-texter">{texts.chosenTitle}</h2>
      {texter.data === undefined ? (
        texter.isError ? <ErrorState error={texter.error} onRetry={() => void texter.refetch()} /> : <LoadingRows rows={1} />
      ) : (
        <>
          <p className={page.name}>{texter.data.name ?? texts.noName}</p>
          <p className={page.facts}>
            {texts.chosenFacts(texter.data.addresses.map(({ masked }) => shortMask(masked)).join(', '), texter.data.conversationCount)}
          </p>
          {acts(texter.data)}
        </>
      )}
      <div>
        <Button variant="subtle" size="sm" onClick={onAnother}>
          {texts.another}
        </Button>
      </div>
    </section>
  );
}

function Proofs() {
  const proofs = useInfiniteQuery(erasuresQuery);
  return (
    <section className={page.section} aria-labelledby="proofs">
      <h2 id="proofs">{texts.proofs}</h2>
      <p className={page.facts}>{texts.proofsAbout}</p>
      <Listing
        of={proofs}
        label={texts.proofs}
        empty={
          <EmptyState title={texts.proofsEmptyTitle} icon={<IconShield size={26} stroke={1.6} aria-hidden="true" />}>
            {texts.proofsEmptyText}
          </EmptyState>
        }
      >
        {(proof) => <ProofRow key={proof.id} proof={proof} />}
      </Listing>
    </section>
  );
}
