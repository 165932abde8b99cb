import type { User } from './types';

/** Whether someone watches over an affiliate's whole floor. */
export const watchesFloor = ({ role, affiliateId }: User) => affiliateId != null && (role === 'supervisor' || role === 'admin');

/** Whether someone runs the installation, and so belongs to no affiliate. */
export const runsInstallation = ({ role, affiliateId }: User) => affiliateId == null && role === 'admin';

/** Where someone's work begins. */
export const homeOf = (user: User) => (user.role === 'supervisor' && watchesFloor(user) ? '/floor' : '/desk');
