import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, bodyOf } from '@/shared/api/client';
import { keys } from '@/shared/api/keys';
import { callSignedOut, signIn } from '@/shared/api/session';

export const useSignIn = () =>
  useMutation({
    mutationFn: ({ email, password, code }: { email: string; password: string; code?: string }) =>
      code === undefined ? signIn(email.trim(), password) : signIn(email.trim(), password, code.trim()),
  });

export type SignInAttempt = ReturnType<typeof useSignIn>;

export async function changePassword(currentPassword: string, newPassword: string) {
  await api.POST('/api/auth/password', { body: { currentPassword, newPassword } });
}

export const useForgotPassword = () => useMutation({ mutationFn: (email: string) => callSignedOut('/api/auth/password/forgot', { email: email.trim() }) });

export const useSetPassword = () =>
  useMutation({ mutationFn: ({ token, password }: { token: string; password: string }) => callSignedOut('/api/auth/password/reset', { token, password }) });

export const useSetUpSecondFactor = () => useMutation({ mutationFn: () => bodyOf(api.POST('/api/auth/mfa/setup')) });

/** Gives the recovery codes, which are not to be had again. */
export function useEnableSecondFactor() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ code, password }: { code: string; password?: string }) =>
      (await bodyOf(api.POST('/api/auth/mfa/enable', { body: { code: code.trim(), ...(password === undefined ? {} : { password }) } }))).codes,
    onSettled: () => void cache.invalidateQueries({ queryKey: keys.sessions }),
  });
}

export function useDisableSecondFactor() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (proof: { password: string; code: string }) => {
      await api.POST('/api/auth/mfa/disable', { body: proof });
    },
    onSettled: () => void cache.invalidateQueries({ queryKey: keys.sessions }),
  });
}

export const sessionsQuery = queryOptions({
  queryKey: keys.sessions,
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/auth/sessions', { params: { query: { limit: 200 } }, signal }))).items,
});

export function useEndSession() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      await api.DELETE('/api/auth/sessions/{id}', { params: { path: { id } } });
    },
    onSettled: () => void cache.invalidateQueries({ queryKey: keys.sessions }),
  });
}
