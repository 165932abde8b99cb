import { useMutation } from '@tanstack/react-query';

import { api } from '@/shared/api/client';
import { signIn } from '@/shared/api/session';

export const useSignIn = () =>
  useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => signIn(email.trim(), password),
  });

export type SignInAttempt = ReturnType<typeof useSignIn>;

export async function changePassword(currentPassword: string, newPassword: string) {
  await api.POST('/api/auth/password', { body: { currentPassword, newPassword } });
}
