using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using Chat.Infrastructure.Time;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chat.Infrastructure.Security;

/// <summary>
/// How often somebody may guess (docs/adr/0014-guessing.md). A lane holds so much and drains at its rate (GCRA); its row is one instant,
/// so that it costs one statement, works across instances and is cleared once it has passed. An attempt is counted before it is looked
/// at, or a thousand at once would all be looked at, and taken back when it was right.
/// </summary>
internal sealed class Guesses(
    Databases databases, DbSession db, Keyring keyring, IOptions<SignInOptions> options, [FromKeyedServices(Clocks.Real)] TimeProvider clock)
    : IGuesses
{
    private const int MostPlaces = 20;
    private const int MarkLength = 43;
    private static readonly bool[] IsDevice = [true, false];
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(90);

    public async Task<IGuess> BeginAsync(string email, Visitor visitor, CancellationToken cancellationToken)
    {
        var (keys, account) = (await PlatformAsync(cancellationToken), await SignInDirectory.HashOfAsync(keyring, email, cancellationToken));
        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        var from = new Lane(keys.BlindIndex("guesses-from", visitor.Address), options.Value.PerAddress);
        await EnterAsync(connection, from, cancellationToken);

        // Whoever has been here before has a lane of their own. An account that does not exist has a stranger's lane like any other.
        var place = await KnownPlaceAsync(connection, account, Marks(keys, visitor), cancellationToken);
        var at = new Lane(SHA256.HashData([.. "guesses-at"u8, .. account, .. place ?? []]), options.Value.PerAccount);
        try
        {
            await EnterAsync(connection, at, cancellationToken);
        }
        catch (BusyException)
        {
            // It is not looked at, so it is no failure of this address.
            await LeaveAsync(connection, from);
            throw;
        }

        return new Guess(this, from, at);
    }

    public async Task<IGuess> BeginAsync(UserId user, CancellationToken cancellationToken)
    {
        var own = new Lane(SHA256.HashData([.. "guesses-by"u8, .. user.Value.ToByteArray()]), options.Value.PerAccount);
        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        await EnterAsync(connection, own, cancellationToken);
        return new Guess(this, own);
    }

    public async Task CountMailAsync(string email, Visitor visitor, CancellationToken cancellationToken)
    {
        var (keys, account) = (await PlatformAsync(cancellationToken), await SignInDirectory.HashOfAsync(keyring, email, cancellationToken));
        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        await EnterAsync(connection, new Lane(keys.BlindIndex("mails-from", visitor.Address), SignInOptions.MailsPerAddress), cancellationToken);
        await EnterAsync(connection, new Lane(SHA256.HashData([.. "mails-to"u8, .. account]), SignInOptions.MailsPerAccount), cancellationToken);
    }

    public async Task<string> RememberAsync(UserId user, Visitor visitor, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into known_places (user_id, mark, is_device, used_at)
            select @user, mark, is_device, @now
            from unnest(@marks, @devices) as place (mark, is_device)
            on conflict (user_id, mark) do update
            set used_at = @now
            """;
        const string forget = """
            delete from known_places
            where user_id = @user
                and mark in (select mark from known_places where user_id = @user order by used_at desc, mark offset @MostPlaces)
            """;

        var mark = visitor.Mark is { Length: MarkLength } kept ? kept : Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var marks = Marks(await PlatformAsync(cancellationToken), visitor with { Mark = mark });
        await db.ExecuteAsync(sql, new { user, marks, devices = IsDevice, now = clock.GetUtcNow() }, cancellationToken);
        await db.ExecuteAsync(forget, new { user, MostPlaces }, cancellationToken);
        return mark;
    }

    private ValueTask<AffiliateKeys> PlatformAsync(CancellationToken cancellationToken) =>
        keyring.OfAsync(AffiliateId.Platform.Value, cancellationToken);

    /// <summary>The browser's mark first: it tells apart those who share an address.</summary>
    private static byte[][] Marks(AffiliateKeys keys, Visitor visitor) =>
    [
        SHA256.HashData(Encoding.UTF8.GetBytes(visitor.Mark is { Length: MarkLength } mark ? mark : "")),
        keys.BlindIndex("known-address", visitor.Address),
    ];

    private async Task<byte[]?> KnownPlaceAsync(NpgsqlConnection connection, byte[] account, byte[][] marks, CancellationToken cancellationToken)
    {
        const string sql = """
            select k.mark
            from sign_ins i
            join known_places k on k.user_id = i.user_id
            where i.email_hash = @account and k.mark = any(@marks) and k.used_at > @since
            order by k.is_device desc
            limit 1
            """;

        return await connection.QuerySingleOrDefaultAsync<byte[]>(
            new CommandDefinition(sql, new { account, marks, since = clock.GetUtcNow() - Forgotten }, cancellationToken: cancellationToken));
    }

    private async Task EnterAsync(NpgsqlConnection connection, Lane lane, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into guess_lanes as lane (key, free_at)
            values (@Key, @now + @Cost)
            on conflict (key) do update
            set free_at = greatest(lane.free_at, @now) + @Cost
            where greatest(lane.free_at, @now) + @Cost <= @now + @Room
            """;
        const string full = "select free_at from guess_lanes where key = @Key";

        var (now, cost) = (clock.GetUtcNow(), lane.Bounds.Cost);
        var parameters = new { lane.Key, now, Cost = cost, Room = cost * lane.Bounds.AtOnce };
        if (await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)) == 1)
        {
            return;
        }

        var freeAt = await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(full, parameters, cancellationToken: cancellationToken));
        var wait = (freeAt is { } free ? free - now.UtcDateTime : TimeSpan.Zero) + cost - parameters.Room;
        throw new BusyException(
            "auth.too_many_attempts", "There have been too many attempts. Wait a while before the next one.", (int)Math.Max(1, Math.Ceiling(wait.TotalSeconds)));
    }

    // Whatever becomes of the request: an attempt that was right must not count because its caller did not wait for the answer.
    private static Task<int> LeaveAsync(NpgsqlConnection connection, Lane lane) =>
        connection.ExecuteAsync("update guess_lanes set free_at = free_at - @Cost where key = @Key", new { lane.Key, lane.Bounds.Cost });

    private async Task<NpgsqlConnection> OpenAsync() => await databases.Chat.OpenConnectionAsync();

    /// <summary>What attempts are counted in.</summary>
    private sealed record Lane(byte[] Key, GuessBounds Bounds);

    private sealed class Guess(Guesses guesses, params Lane[] lanes) : IGuess
    {
        private bool _counts = true;

        public async Task TakeBackAsync()
        {
            if (!_counts)
            {
                return;
            }

            _counts = false;
            await using var connection = await guesses.OpenAsync();
            foreach (var lane in lanes)
            {
                await LeaveAsync(connection, lane);
            }
        }
    }
}

/// <summary>How many attempts a lane holds, and how many it forgets in an hour.</summary>
internal sealed record GuessBounds(int AtOnce, int PerHour)
{
    public TimeSpan Cost => TimeSpan.FromHours(1) / PerHour;
}
