using System.Collections.Concurrent;
using System.Text.Json;
using Chat.Application.Ports;
using Chat.Domain.Channels;
using Chat.Domain.Common;
using Chat.Domain.Keywords;
using Chat.Domain.Programs;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using Dapper;
using Npgsql;

namespace Chat.Infrastructure.Channels;

/// <summary>
/// Channels by address, with credentials opened and keywords laid out, remembered for a few seconds: a webhook costs no query, and
/// what an admin changes is in force at once here and within seconds elsewhere.
/// </summary>
internal sealed class ChannelDirectory(Databases databases, Keyring keyring, TimeProvider clock) : IChannelDirectory
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnotherLook = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<(Provider, string), Remembered<(Guid Affiliate, Guid Channel)?>> _addresses = new();
    private readonly ConcurrentDictionary<(Guid Affiliate, Guid Channel), Remembered<ChannelAccount?>> _accounts = new();

    public async ValueTask<IReadOnlyList<ChannelAccount>> FindAsync(
        Provider provider, IReadOnlyList<string> addresses, bool afresh, CancellationToken cancellationToken)
    {
        var found = new List<ChannelAccount>(addresses.Count);
        foreach (var address in addresses)
        {
            var stale = afresh && IsWorthAnotherLook(provider, address);
            var owner = await RememberAsync(_addresses, (provider, address), stale, () => FindOwnerAsync(provider, address, cancellationToken));
            if (owner is not { } known || found.Exists(account => account.ChannelId.Value == known.Channel))
            {
                continue;
            }

            if (await RememberAsync(_accounts, (known.Affiliate, known.Channel), stale, () => LoadAsync(known.Affiliate, known.Channel, cancellationToken)) is { } account)
            {
                found.Add(account);
            }
        }

        return found;
    }

    public ValueTask<ChannelAccount?> FindAsync(AffiliateId affiliate, ChannelId channel, CancellationToken cancellationToken) =>
        RememberAsync(_accounts, (affiliate.Value, channel.Value), stale: false, () => LoadAsync(affiliate.Value, channel.Value, cancellationToken));

    /// <summary>What was changed here must be in force here at once.</summary>
    public void Forget()
    {
        _addresses.Clear();
        _accounts.Clear();
    }

    /// <summary>Our own addresses stand in the directory as the platform's blind index: it holds no numbers.</summary>
    public static async ValueTask<byte[]> AddressHashAsync(Keyring keyring, Provider provider, string address, CancellationToken cancellationToken) =>
        (await keyring.OfAsync(AffiliateId.Platform.Value, cancellationToken)).BlindIndex("channel/" + provider.Name(), address.Trim().ToLowerInvariant());

    private async ValueTask<TValue> RememberAsync<TKey, TValue>(
        ConcurrentDictionary<TKey, Remembered<TValue>> memory, TKey key, bool stale, Func<Task<TValue>> load)
        where TKey : notnull
    {
        var now = clock.GetTimestamp();
        if (!stale && memory.TryGetValue(key, out var known) && clock.GetElapsedTime(known.At, now) < Fresh)
        {
            return known.Value;
        }

        var value = await load();
        if (memory.Count >= MostRemembered)
        {
            memory.Clear();
        }

        memory[key] = new(value, now);
        return value;
    }

    // What is remembered may be a moment behind another instance, and a provider that is refused does not try again: look once more, but not
    // as often as a stranger likes to call.
    private bool IsWorthAnotherLook(Provider provider, string address)
    {
        var now = clock.GetTimestamp();
        return !_addresses.TryGetValue((provider, address), out var known) || clock.GetElapsedTime(known.At, now) > AnotherLook;
    }

    private async Task<(Guid Affiliate, Guid Channel)?> FindOwnerAsync(Provider provider, string address, CancellationToken cancellationToken)
    {
        const string sql = "select affiliate_id, channel_id from channel_addresses where provider = @provider and address_hash = @hash";

        var hash = await AddressHashAsync(keyring, provider, address, cancellationToken);
        await using var connection = await databases.Urgent.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<(Guid Affiliate, Guid Channel)?>(new CommandDefinition(sql, new { provider, hash }, cancellationToken: cancellationToken));
    }

    private async Task<ChannelAccount?> LoadAsync(Guid affiliate, Guid channel, CancellationToken cancellationToken)
    {
        const string sql = """
            select c.program_id, c.provider, c.address, c.credentials, c.settings::text as settings,
                   c.status = 'active' and p.status = 'active' and a.status = 'active' as takes_messages
            from channels c
            join programs p on p.affiliate_id = c.affiliate_id and p.id = c.program_id
            join affiliates a on a.id = c.affiliate_id
            where c.id = @channel
            """;

        await using var connection = await databases.Urgent.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginInAsync(affiliate, cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(sql, new { channel }, transaction, cancellationToken: cancellationToken));
        if (row is null)
        {
            return null;
        }

        var routes = await RoutesAsync(connection, transaction, row.ProgramId.Value, cancellationToken);
        return new ChannelAccount(
            new(affiliate), new(channel), row.ProgramId, row.Provider, row.Address, await ChannelSecrets.OpenAsync(keyring, affiliate, channel, row.Credentials, cancellationToken),
            ChannelSecrets.ReadSettings(row.Settings), row.TakesMessages, routes);
    }

    private static async Task<KeywordRoutes> RoutesAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid program, CancellationToken cancellationToken)
    {
        // The channel's own program first; then, for the words that lead to a program, the affiliate's others, the oldest first.
        const string sql = """
            select k.normalised, k.program_id, k.action, k.sub_program, k.response, p.settings::text as settings, a.time_zone
            from keywords k
            join programs p on p.affiliate_id = k.affiliate_id and p.id = k.program_id
            join affiliates a on a.id = k.affiliate_id
            where p.status = 'active' and (k.program_id = @program or k.action in ('start', 'reply'))
            order by k.program_id <> @program, k.id
            """;

        var words = new Dictionary<string, KeywordRoute>(StringComparer.Ordinal);
        var hours = new Dictionary<ProgramId, ServiceHours>();
        foreach (var row in await connection.QueryAsync<KeywordRow>(new CommandDefinition(sql, new { program }, transaction, cancellationToken: cancellationToken)))
        {
            if (!hours.TryGetValue(row.ProgramId, out var open))
            {
                hours[row.ProgramId] = open = ProgramSettings.Read(row.Settings).HoursIn(row.TimeZone);
            }

            words.TryAdd(row.Normalised, new KeywordRoute(row.ProgramId, row.Action, row.SubProgram, row.Response, open));
        }

        return new KeywordRoutes(words);
    }

    private readonly record struct Remembered<T>(T Value, long At);

    private sealed record Row(ProgramId ProgramId, Provider Provider, string Address, byte[] Credentials, string Settings, bool TakesMessages);

    private sealed record KeywordRow(string Normalised, ProgramId ProgramId, KeywordAction Action, string? SubProgram, string? Response, string Settings, string TimeZone);
}

/// <summary>How a channel's credentials are sealed: one JSON object under the affiliate's own key.</summary>
internal static class ChannelSecrets
{
    public static async Task<byte[]> SealAsync(
        Keyring keyring, Guid affiliate, Guid channel, IReadOnlyDictionary<string, string> credentials, CancellationToken cancellationToken)
    {
        var keys = await keyring.OfAsync(affiliate, cancellationToken);
        return keys.Fields.Seal(PlaceOf(affiliate, channel), JsonSerializer.SerializeToUtf8Bytes(credentials));
    }

    public static async Task<IReadOnlyDictionary<string, string>> OpenAsync(
        Keyring keyring, Guid affiliate, Guid channel, byte[] credentials, CancellationToken cancellationToken)
    {
        var keys = await keyring.OfAsync(affiliate, cancellationToken);
        return JsonSerializer.Deserialize<Dictionary<string, string>>(keys.Fields.Open(PlaceOf(affiliate, channel), credentials))!;
    }

    /// <summary>The settings that are words; others are no adapter's business.</summary>
    public static IReadOnlyDictionary<string, string> ReadSettings(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.String)
            .ToDictionary(member => member.Name, member => member.Value.GetString()!);
    }

    private static Place PlaceOf(Guid affiliate, Guid channel) => new(affiliate, "channels", "credentials", channel);
}
