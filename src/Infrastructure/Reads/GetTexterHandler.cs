using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Texters;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class GetTexterHandler(DbSession db, Keyring keyring, ICaller caller) : IRequestHandler<GetTexter, TexterView>
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
        var key = await keyring.DataKeyAsync(affiliate, query.TexterId, cancellationToken);
        var known = await db.ListAsync<AddressRow>(addresses, new { query.TexterId }, cancellationToken);
        return new TexterView(
            query.TexterId,
            row.Name is null ? null : Envelope.OpenText(key, new(affiliate, "texters", "name", query.TexterId), row.Name),
            [.. known.Select(address => new TexterAddressView(
                address.Kind, Masked(Envelope.OpenText(key, new(affiliate, "texter_addresses", "address", address.Id), address.Address))))],
            row.Stopped, row.CreatedAt, row.ConversationCount);
    }

    private static string Masked(string address) => address.Length <= 4 ? "••••" : new string('•', address.Length - 2) + address[^2..];

    private sealed record Row(byte[]? Name, DateTimeOffset CreatedAt, bool Stopped, long ConversationCount);

    private sealed record AddressRow(Guid Id, string Kind, byte[] Address);
}
