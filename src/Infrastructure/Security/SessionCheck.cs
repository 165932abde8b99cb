using System.Collections.Concurrent;
using Chat.Infrastructure.Persistence;
using Chat.Infrastructure.Time;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Infrastructure.Security;

/// <summary>
/// Whether a session still stands, asked with each request and remembered for a few seconds: a revocation, a demotion or a disabled
/// account takes effect within that time on every instance, and at once on the one where it was made.
/// </summary>
public sealed class SessionCheck(Databases databases, [FromKeyedServices(Clocks.Real)] TimeProvider clock)
{
    private const int MostRemembered = 50_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<Guid, (SessionStanding Standing, DateTimeOffset Until)> _known = new();

    /// <param name="afresh">Not what is remembered: for who asks as seldom as it would be remembered.</param>
    public async ValueTask<SessionStanding> OfAsync(Guid session, CancellationToken cancellationToken, bool afresh = false)
    {
        const string sql = """
            select i.second_factor
            from sessions s
            join sign_ins i on i.user_id = s.user_id
            join affiliates a on a.id = s.affiliate_id
            where s.id = @session and s.revoked_at is null and s.expires_at > @now and i.can_sign_in and a.status = 'active'
            """;

        var now = clock.GetUtcNow();
        if (!afresh && _known.TryGetValue(session, out var known) && known.Until > now)
        {
            return known.Standing;
        }

        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        var standing = await connection.QuerySingleOrDefaultAsync<bool?>(
            new CommandDefinition(sql, new { session, now }, cancellationToken: cancellationToken)) switch
        {
            null => SessionStanding.Over,
            true => SessionStanding.StandsWithSecondFactor,
            false => SessionStanding.Stands,
        };
        if (_known.Count >= MostRemembered)
        {
            _known.Clear();
        }

        _known[session] = (standing, now + Remembered);
        return standing;
    }

    public void Forget(Guid session) => _known.TryRemove(session, out _);
}

public enum SessionStanding
{
    Over,
    Stands,

    /// <summary>And its user has a second factor.</summary>
    StandsWithSecondFactor,
}
