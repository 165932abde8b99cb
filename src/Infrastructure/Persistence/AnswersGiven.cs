using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Time;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Infrastructure.Persistence;

/// <summary>Answers under Idempotency-Keys, sealed: an answer may hold what a responder wrote.</summary>
internal sealed class AnswersGiven(DbSession db, Keyring keyring, ICaller caller, [FromKeyedServices(Clocks.Real)] TimeProvider clock) : IAnswersGiven
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public async Task<EarlierAnswer<TResponse>> BeginAsync<TRequest, TResponse>(IdempotencyKey key, TRequest request, CancellationToken cancellationToken)
    {
        // The insert waits for a request that holds the key right now, and sees its answer once that has committed. A key that is older
        // than a day counts as new.
        const string take = """
            insert into idempotency_keys as k (caller_id, route, key_hash, request_hash, created_at)
            values (@Caller, @Route, @KeyHash, @RequestHash, @Now)
            on conflict (caller_id, route, key_hash) do update
                set request_hash = excluded.request_hash, answer = null, created_at = excluded.created_at
                where k.created_at < @Oldest
            returning true
            """;
        const string read = """
            select request_hash, answer
            from idempotency_keys
            where caller_id = @Caller and route = @Route and key_hash = @KeyHash
            """;

        var keys = await keyring.OfAsync(caller.AffiliateId.Value, cancellationToken);
        var (keyHash, now) = (KeyHash(key), clock.GetUtcNow());
        var requestHash = keys.Fingerprint(key.Route, JsonSerializer.Serialize(request));
        var parameters = new { Caller = caller.UserId, key.Route, KeyHash = keyHash, RequestHash = requestHash, Now = now, Oldest = now - Kept };
        if (await db.FindAsync<bool>(take, parameters, cancellationToken))
        {
            return default;
        }

        var row = await db.FindAsync<AnswerRow>(read, parameters, cancellationToken);
        if (row is null || !CryptographicOperations.FixedTimeEquals(row.RequestHash, requestHash))
        {
            throw new KeyReusedException();
        }

        var answer = keys.Fields.OpenText(PlaceOf(keys.Affiliate, keyHash), row.Answer!);
        return new EarlierAnswer<TResponse>(true, JsonSerializer.Deserialize<TResponse>(answer));
    }

    public async Task KeepAsync<TRequest, TResponse>(IdempotencyKey key, TResponse answer, CancellationToken cancellationToken)
    {
        const string sql = """
            update idempotency_keys
            set answer = @Answer
            where caller_id = @Caller and route = @Route and key_hash = @KeyHash
            """;

        var keys = await keyring.OfAsync(caller.AffiliateId.Value, cancellationToken);
        var keyHash = KeyHash(key);
        await db.ExecuteAsync(
            sql,
            new
            {
                Caller = caller.UserId, key.Route, KeyHash = keyHash,
                Answer = keys.Fields.Seal(PlaceOf(keys.Affiliate, keyHash), JsonSerializer.Serialize(answer)),
            },
            cancellationToken);
    }

    public static Place PlaceOf(Guid affiliate, byte[] keyHash) => new(affiliate, "idempotency_keys", "answer", new Guid(keyHash.AsSpan(0, 16)));

    private static byte[] KeyHash(IdempotencyKey key) => SHA256.HashData(Encoding.UTF8.GetBytes(key.Key));

    private sealed record AnswerRow(byte[] RequestHash, byte[]? Answer);
}
