import { wordFor } from '@/shared/i18n/texts';

import { figureOfSpeech } from './cues';
import { texts } from './texts';

/** The rules' own names, without their underscores. */
export const cueWord = (cue: string) => (cue === figureOfSpeech ? texts.figureOfSpeech : cue.replaceAll('_', ' '));

export const levelWord = (level: string) => wordFor(texts.levels, level) ?? level;

export const languageWord = (language: string | null | undefined) =>
  language == null ? texts.noLanguage : (wordFor(texts.languages, language) ?? language);
