using Chat.Application.Common;
using Chat.Application.Conversations;
using Chat.Application.Ports;
using Chat.Application.Texters;
using Chat.Domain.Channels;
using Chat.Domain.Common;
using Chat.Infrastructure.Channels.Twilio;
using Chat.Infrastructure.Inbound;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Chat.Infrastructure.Reads;

internal sealed class TexterViews(DbSession db, Keyring keyring, ConversationRows shown, ICaller caller, TimeProvider clock, ILogger<TexterViews> logger)
    : ITexterViews, IRequestHandler<SearchTexters, TextersFound>, IRequestHandler<ListTexterConversations, Page<ConversationView>>
{
    private const int MostNotes = 100;

    public async Task<TextersFound> Handle(SearchTexters query, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select a.texter_id
            from texter_addresses a
            where a.kind = @Kind and a.address_hash = @Hash
                and exists (select from conversations c where c.texter_id = a.texter_id and {Visibility.Rule})
            """;

        // As the channels write numbers, so that the same one is found however it was typed.
        var kind = AddressKind.Of(Provider.Twilio);
        var hash = (await keyring.OfAsync(db.Affiliate.Value, cancellationToken)).BlindIndex(kind, TwilioAddress.Normalise(query.Phone));
        var found = await db.FindAsync<TexterId?>(sql, new { Kind = kind, Hash = hash, SeesAll = caller.SeesAll(), Me = caller.UserId }, cancellationToken);
        return new TextersFound(found is { } texter ? [await ShowAsync(texter, cancellationToken)] : []);
    }

    public async Task<Page<ConversationView>> Handle(ListTexterConversations query, CancellationToken cancellationToken)
    {
        const string sees = $"select exists (select from conversations c where c.texter_id = @TexterId and {Visibility.Rule})";
        const string sql = $"""
            select {ConversationRow.Columns}
            from {ConversationRow.Tables}
            where c.texter_id = @TexterId and (@After::uuid is null or c.id < @After) and {Visibility.Rule}
            order by c.id desc
            limit @Take
            """;

        var parameters = new { query.TexterId, After = query.After(), Take = query.Size() + 1, SeesAll = caller.SeesAll(), Me = caller.UserId };
        if (!await db.FindAsync<bool>(sees, parameters, cancellationToken))
        {
            throw new NotFoundException("The texter");
        }

        db.Touch(query.TexterId);
        var rows = await db.ListAsync<ConversationRow>(sql, parameters, cancellationToken);
        return Page.Of(await shown.ShowAsync(rows, cancellationToken), query.Size(), view => Paging.CursorOf(view.Id));
    }

    public async Task<TexterView> ShowAsync(TexterId texter, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select t.name, t.created_at, t.plan, t.plan_by, p.name as plan_by_name, t.plan_at, t.time_zone, a.time_zone as own_time_zone,
                   exists (select from stopped_texters s where s.texter_id = t.id) as stopped,
                   (select count(*) from conversations n where n.texter_id = t.id) as conversation_count
            from texters t
            join affiliates a on a.id = t.affiliate_id
            left join users p on p.id = t.plan_by
            where t.id = @texter and exists (select from conversations c where c.texter_id = t.id and {Visibility.Rule})
            """;
        const string addresses = "select id, kind, address from texter_addresses where texter_id = @texter order by created_at, id";
        const string notes = """
            select n.id, n.content, n.author_id, u.name as author_name, n.created_at
            from texter_notes n
            left join users u on u.id = n.author_id
            where n.texter_id = @texter
            order by n.id desc
            limit @MostNotes
            """;
        const string blocks = """
            select b.id, b.reason, b.until, b.asked_by, k.name as asked_by_name, b.asked_at, b.approved_by, p.name as approved_by_name, b.approved_at
            from texter_blocks b
            left join users k on k.id = b.asked_by
            left join users p on p.id = b.approved_by
            where b.texter_id = @texter and b.ended_at is null and (b.until is null or b.until > @Now)
            """;

        var row = await db.FindAsync<Row>(sql, new { texter, SeesAll = caller.SeesAll(), Me = caller.UserId }, cancellationToken)
            ?? throw new NotFoundException("The texter");
        var affiliate = db.Affiliate.Value;
        var staff = await keyring.OfAsync(affiliate, cancellationToken);
        var key = (await keyring.DataKeysAsync(affiliate, [texter.Value], cancellationToken)).GetValueOrDefault(texter.Value);
        var known = await db.ListAsync<AddressRow>(addresses, new { texter }, cancellationToken);
        var written = await db.ListAsync<NoteRow>(notes, new { texter, MostNotes }, cancellationToken);
        var block = await db.FindAsync<BlockRow>(blocks, new { texter, Now = clock.GetUtcNow() }, cancellationToken);
        return new TexterView(
            texter.Value,
            Open("texters", "name", texter.Value, row.Name),
            [.. known.Select(address => new TexterAddressView(address.Id, address.Kind, MaskedAddress.Of(Open("texter_addresses", "address", address.Id, address.Address))))],
            row.Stopped, row.CreatedAt, row.ConversationCount, row.TimeZone ?? row.OwnTimeZone, row.TimeZone is not null,
            row.PlanBy is { } planner
                ? new PlanView(Open("texters", "plan", texter.Value, row.Plan), planner, StaffName.OpenOrNull(staff, planner, row.PlanByName), row.PlanAt!.Value)
                : null,
            [
                .. written.Select(note => new TexterNoteView(
                    note.Id, Open("texter_notes", "content", note.Id, note.Content), note.AuthorId, StaffName.OpenOrNull(staff, note.AuthorId, note.AuthorName), note.CreatedAt)),
            ],
            block is null
                ? null
                : new BlockView(
                    Open("texter_blocks", "reason", block.Id, block.Reason), block.Until, block.AskedBy, StaffName.OpenOrNull(staff, block.AskedBy, block.AskedByName),
                    block.AskedAt, block.ApprovedBy, StaffName.OpenOrNull(staff, block.ApprovedBy, block.ApprovedByName), block.ApprovedAt is not null));

        string? Open(string table, string column, Guid id, byte[]? value) => logger.OpenOrNull(key, new(affiliate, table, column, id), value);
    }

    private sealed record Row(
        byte[]? Name, DateTimeOffset CreatedAt, byte[]? Plan, Guid? PlanBy, byte[]? PlanByName, DateTimeOffset? PlanAt, string? TimeZone, string OwnTimeZone,
        bool Stopped, long ConversationCount);

    private sealed record AddressRow(Guid Id, string Kind, byte[] Address);

    private sealed record NoteRow(Guid Id, byte[] Content, Guid AuthorId, byte[]? AuthorName, DateTimeOffset CreatedAt);

    private sealed record BlockRow(
        Guid Id, byte[] Reason, DateTimeOffset? Until, Guid AskedBy, byte[]? AskedByName, DateTimeOffset AskedAt, Guid? ApprovedBy, byte[]? ApprovedByName,
        DateTimeOffset? ApprovedAt);
}

/// <summary>How an address is shown: enough to tell two texters apart, too little to call one.</summary>
internal static class MaskedAddress
{
    public static string Of(string? address) => address is not { Length: > 4 } ? "••••" : new string('•', address.Length - 2) + address[^2..];
}
