using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Texters;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Reads;

internal sealed class GetTexterHandler(DbSession db, Keyring keyring, ICaller caller, ILogger<GetTexterHandler> logger) : IRequestHandler<GetTexter, TexterView>
{
    public async Task<TexterView> Handle(GetTexter query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select t.name, t.created_at,
                   exists (select from stopped_texters s where s.texter_id = t.id) as stopped,
                   (select count(*) from conversations n where n.texter_id = t.id) as conversation_count
            from texters t
            where t.id = @TexterId and exists (select from conversations c where c.texter_id = t.id and {Visibility.Rule})
            """;
        const string addresses = "select id, kind, address from texter_addresses where texter_id = @TexterId order by created_at, id";

        var row = await db.FindAsync<Row>(sql, new { query.TexterId, SeesAll = caller.SeesAll(), Me = caller.UserId }, cancellationToken)
            ?? throw new NotFoundException("The texter");
        var affiliate = db.Affiliate.Value;
        var key = (await keyring.DataKeysAsync(affiliate, [query.TexterId], cancellationToken)).GetValueOrDefault(query.TexterId);
        var known = await db.ListAsync<AddressRow>(addresses, new { query.TexterId }, cancellationToken);
        return new TexterView(
            query.TexterId,
            row.Name is null ? null : Open(key, new(affiliate, "texters", "name", query.TexterId), row.Name),
            [.. known.Select(address => new TexterAddressView(
                address.Kind, Masked(Open(key, new(affiliate, "texter_addresses", "address", address.Id), address.Address))))],
            row.Stopped, row.CreatedAt, row.ConversationCount);
    }

    // An address whose key is gone is shown as one that cannot be read; the conversations are there all the same.
    private string? Open(SealingKey? key, Place place, byte[] value)
    {
        try
        {
            return key is null ? null : Envelope.OpenText(key, place, value);
        }
        catch (UnreadableException failure)
        {
            logger.Unreadable(place.Table, failure.Message);
            return null;
        }
    }

    private static string Masked(string? address) => address is not { Length: > 4 } ? "••••" : new string('•', address.Length - 2) + address[^2..];

    private sealed record Row(byte[]? Name, DateTimeOffset CreatedAt, bool Stopped, long ConversationCount);

    private sealed record AddressRow(Guid Id, string Kind, byte[] Address);
}
