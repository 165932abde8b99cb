using Chat.Application.Conversations;
using Chat.Application.Ports;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Reads;

/// <summary>Opens what is sealed of conversations that are shown: names of staff, and in whose own words one was closed.</summary>
internal sealed class ConversationRows(DbSession db, Keyring keyring, ICaller caller, ILogger<ConversationRows> logger)
{
    public async Task<IReadOnlyList<ConversationView>> ShowAsync(IReadOnlyList<ConversationRow> rows, CancellationToken cancellationToken)
    {
        var affiliate = db.Affiliate.Value;
        var staff = await keyring.OfAsync(affiliate, cancellationToken);
        var keys = await keyring.DataKeysAsync(affiliate, [.. rows.Where(row => row.CloseWords is not null).Select(row => row.Id)], cancellationToken);
        return
        [
            .. rows.Select(row => row.Show(
                staff, caller, logger.OpenOrNull(keys.GetValueOrDefault(row.Id), CloseWords.PlaceOf(affiliate, row.Id), row.CloseWords))),
        ];
    }
}
