import type { Conversation } from '@/shared/api/types';
import { shortMask } from '@/shared/ui/short-mask';

import { texts } from './texts';

/** What a texter is called at the desk: their name if they gave one, else their masked address. */
export const texterName = ({ texterName, texterAddress }: Pick<Conversation, 'texterName' | 'texterAddress'>) =>
  texterName ?? texts.texterNumber(shortMask(texterAddress));
