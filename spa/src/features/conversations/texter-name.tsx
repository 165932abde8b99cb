import { useQuery } from '@tanstack/react-query';

import { texterQuery } from '@/shared/api/texters';
import { shortMask } from '@/shared/ui/short-mask';

import { texts } from './texts';

/** What a texter is called at the desk: their name if they gave one, else their masked address. */
export function TexterName({ texterId }: { texterId: string }) {
  const { data: texter } = useQuery(texterQuery(texterId));
  const address = texter?.addresses[0]?.masked;
  return <>{texter?.name ?? (address === undefined ? texts.texter : texts.texterNumber(shortMask(address)))}</>;
}
