using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Chat.Infrastructure.Keys;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Chat.Infrastructure.Persistence;

/// <summary>
/// Lays the links of the audit trail: HMAC-SHA-256, under a key that the database does not have, over an entry and the link before it.
/// Whoever changes, drops or slips in an entry afterwards cannot lay the links again; whoever cuts off the end is found out by a
/// checkpoint, which goes into the log once an hour. Links follow their entries within a second or so, in a transaction of their own:
/// laid with the entry they would make an affiliate's commands wait for each other's commits.
/// </summary>
internal sealed class AuditChain(Databases databases, Keyring keyring, ILogger<AuditChain> logger) : BackgroundService
{
    public static readonly byte[] Beginning = new byte[32];

    private const int MostAtOnce = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromHours(1);

    // An entry's id is older than its commit by no more than a statement may take, and clocks differ by seconds. What is older than the last
    // link by more than this is not looked for: it was slipped in, and no instance that starts is to prove it.
    private static readonly TimeSpan LatestCommit = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, byte> _grown = new();
    private readonly Dictionary<Guid, long> _toldUpTo = [];

    /// <summary>Something was added to an affiliate's trail.</summary>
    public void Grows(Guid affiliate) => _grown[affiliate] = 0;

    /// <summary>The key that an affiliate's links are made with. It is kept as its data keys are, and ends with the affiliate.</summary>
    public static async Task<byte[]> KeyAsync(Keyring keyring, Guid affiliate, CancellationToken cancellationToken)
    {
        var known = await keyring.DataKeysAsync(affiliate, [affiliate], cancellationToken);
        try
        {
            known = known.Count > 0 ? known : await keyring.MakeDataKeysAsync(affiliate, [affiliate], cancellationToken);
        }
        catch (PostgresException first) when (first.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another instance has just made it.
            known = await keyring.DataKeysAsync(affiliate, [affiliate], cancellationToken);
        }

        return known[affiliate].Bytes;
    }

    /// <summary>The link over an entry. Each part carries its length, so that no two entries read the same.</summary>
    public static byte[] Link(byte[] key, byte[] before, long number, Entry entry)
    {
        using var link = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> word = stackalloc byte[8];
        link.AppendData(before);
        Add(link, word, number);
        link.AppendData(entry.Id.ToByteArray(bigEndian: true));
        AddText(link, word, entry.Action);
        link.AppendData((entry.ActorId ?? Guid.Empty).ToByteArray(bigEndian: true));
        Add(link, word, entry.Subjects.Length);
        foreach (var subject in entry.Subjects)
        {
            link.AppendData(subject.ToByteArray(bigEndian: true));
        }

        AddText(link, word, entry.RequestId);
        Add(link, word, entry.At.UtcTicks / TimeSpan.TicksPerMicrosecond);
        return link.GetHashAndReset();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (swept, told) = (DateTime.MinValue, DateTime.UtcNow);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pause, stoppingToken);
                if (!databases.IsReady)
                {
                    continue;
                }

                if (DateTime.UtcNow - swept > BetweenSweeps)
                {
                    await FindGrownAsync(stoppingToken);
                    swept = DateTime.UtcNow;
                }

                foreach (var affiliate in _grown.Keys)
                {
                    _grown.TryRemove(affiliate, out _);
                    await TryLayAllAsync(affiliate, stoppingToken);
                }

                if (DateTime.UtcNow - told > BetweenCheckpoints)
                {
                    await TellAsync(stoppingToken);
                    told = DateTime.UtcNow;
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.ChainNotLaid(failure.Kind());
                swept = DateTime.MinValue;
                await Task.Delay(Pause * 10, stoppingToken);
            }
        }
    }

    // What another instance has written, or this one just before it ended, is laid here too.
    private async Task FindGrownAsync(CancellationToken cancellationToken)
    {
        foreach (var affiliate in await AffiliatesAsync(cancellationToken))
        {
            Grows(affiliate);
        }
    }

    private async Task<IEnumerable<Guid>> AffiliatesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        var affiliates = await connection.QueryAsync<Guid>(new CommandDefinition("select id from affiliates", cancellationToken: cancellationToken));
        return affiliates.Append(Domain.Common.AffiliateId.Platform.Value);
    }

    // One whose key does not open keeps nobody else waiting; the next sweep comes back to it.
    private async Task TryLayAllAsync(Guid affiliate, CancellationToken cancellationToken)
    {
        try
        {
            await LayAllAsync(affiliate, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.ChainNotLaid(failure.Kind());
        }
    }

    private async Task LayAllAsync(Guid affiliate, CancellationToken cancellationToken)
    {
        // An affiliate that has left keeps its trail, and gets no key again.
        while (await IsHereAsync(affiliate, cancellationToken) && await LayAsync(affiliate, cancellationToken) == MostAtOnce)
        {
        }
    }

    private async Task<bool> IsHereAsync(Guid affiliate, CancellationToken cancellationToken)
    {
        const string sql = "select exists (select from affiliates where id = @affiliate)";

        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        return affiliate == Domain.Common.AffiliateId.Platform.Value
            || await connection.QuerySingleAsync<bool>(new CommandDefinition(sql, new { affiliate }, cancellationToken: cancellationToken));
    }

    private async Task<int> LayAsync(Guid affiliate, CancellationToken cancellationToken)
    {
        const string turn = "select pg_try_advisory_xact_lock(hashtext('chat.audit'), hashtext(@affiliate::text))";
        const string last = """
            select l.number, l.mac, least(l.laid_at, e.at) as at
            from audit_links l
            left join audit_entries e on e.affiliate_id = l.affiliate_id and e.id = l.entry_id
            order by l.number desc
            limit 1
            """;
        const string waiting = """
            select e.id, e.action, e.actor_id, e.subjects, e.request_id, e.at
            from audit_entries e
            where e.id >= @since and not exists (select from audit_links l where l.affiliate_id = e.affiliate_id and l.entry_id = e.id)
            order by e.id
            limit @MostAtOnce
            """;
        const string lay = """
            insert into audit_links (number, entry_id, mac, laid_at)
            select number, entry_id, mac, clock_timestamp()
            from unnest(@numbers, @entries, @macs) as new (number, entry_id, mac)
            """;

        var key = await KeyAsync(keyring, affiliate, cancellationToken);
        await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginInAsync(affiliate, cancellationToken);
        if (!await connection.QuerySingleAsync<bool>(turn, new { affiliate }, transaction))
        {
            // Another instance is at it and may have missed the newest: looked at again.
            Grows(affiliate);
            return 0;
        }

        var (number, mac, at) = await connection.QuerySingleOrDefaultAsync<(long Number, byte[]? Mac, DateTimeOffset At)>(last, transaction: transaction);
        var before = mac ?? Beginning;
        var since = mac is null ? Guid.Empty : Guid.CreateVersion7(at - LatestCommit);
        var entries = (await connection.QueryAsync<Entry>(waiting, new { since, MostAtOnce }, transaction)).AsList();
        var (numbers, macs) = (new long[entries.Count], new byte[entries.Count][]);
        for (var index = 0; index < entries.Count; index++)
        {
            numbers[index] = ++number;
            before = macs[index] = Link(key, before, number, entries[index]);
        }

        if (entries.Count > 0)
        {
            await connection.ExecuteAsync(lay, new { numbers, entries = entries.Select(entry => entry.Id).ToArray(), macs }, transaction);
            await transaction.CommitAsync(cancellationToken);
        }

        return entries.Count;
    }

    /// <summary>A checkpoint outside the database, for whoever keeps the log: the chain must still hold this link.</summary>
    private async Task TellAsync(CancellationToken cancellationToken)
    {
        const string last = "select number, mac from audit_links order by number desc limit 1";

        foreach (var affiliate in await AffiliatesAsync(cancellationToken))
        {
            await using var connection = await databases.Chat.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginInAsync(affiliate, cancellationToken);
            var (number, mac) = await connection.QuerySingleOrDefaultAsync<(long Number, byte[]? Mac)>(last, transaction: transaction);
            if (mac is not null && _toldUpTo.GetValueOrDefault(affiliate) != number)
            {
                logger.AuditCheckpoint(affiliate, number, Convert.ToHexStringLower(mac));
                _toldUpTo[affiliate] = number;
            }
        }
    }

    private static void Add(IncrementalHash link, Span<byte> word, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(word, value);
        link.AppendData(word);
    }

    private static void AddText(IncrementalHash link, Span<byte> word, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(link, word, bytes.Length);
        link.AppendData(bytes);
    }

    internal sealed record Entry(Guid Id, string Action, Guid? ActorId, Guid[] Subjects, string RequestId, DateTimeOffset At);
}
