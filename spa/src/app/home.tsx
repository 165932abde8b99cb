import { Navigate } from 'react-router';

import { homeOf } from '@/shared/api/home';
import { useMe } from '@/shared/api/use-session';

export const Home = () => <Navigate to={homeOf(useMe())} replace />;
