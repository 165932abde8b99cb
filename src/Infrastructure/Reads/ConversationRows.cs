using Chat.Application.Conversations;
using Chat.Application.Ports;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Reads;

/// <summary>Opens what is sealed of conversations that are shown: whose they are, names of staff, and in whose own words one was closed.</summary>
internal sealed class ConversationRows(DbSession db, Keyring keyring, ICaller caller, ILogger<ConversationRows> logger)
{
    public async Task<IReadOnlyList<ConversationView>> ShowAsync(IReadOnlyList<ConversationRow> rows, CancellationToken cancellationToken)
    {
        var affiliate = db.Affiliate.Value;
        var staff = await keyring.OfAsync(affiliate, cancellationToken);
        var closed = rows.Where(row => row.CloseWords is not null).Select(row => row.Id);
        var keys = await keyring.DataKeysAsync(affiliate, [.. rows.Select(row => row.TexterId).Concat(closed).Distinct()], cancellationToken);
        return
        [
            .. rows.Select(row => row.Show(
                staff, caller,
                Open(row.TexterId, new(affiliate, "texters", "name", row.TexterId), row.TexterName),
                row.AddressId is { } address ? Open(row.TexterId, new(affiliate, "texter_addresses", "address", address), row.Address) : null,
                Open(row.Id, CloseWords.PlaceOf(affiliate, row.Id), row.CloseWords))),
        ];

        string? Open(Guid owner, Place place, byte[]? value) => logger.OpenOrNull(keys.GetValueOrDefault(owner), place, value);
    }
}
