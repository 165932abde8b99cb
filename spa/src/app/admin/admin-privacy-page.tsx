import { PrivacyPage } from '@/features/privacy/privacy-page';
import { NumberSearch } from '@/features/texters/number-search';

/** Texters are found here as they are at the desk. */
export const AdminPrivacyPage = () => <PrivacyPage search={(children) => <NumberSearch>{children}</NumberSearch>} />;
