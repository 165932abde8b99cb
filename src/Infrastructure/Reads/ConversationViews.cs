using Chat.Application.Common;
using Chat.Application.Conversations;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class ConversationViews(DbSession db, ConversationRows rows, IMessageViews messages, ICaller caller) : IConversationViews, IRequestHandler<GetConversation, ConversationView>
{
    public Task<ConversationView> Handle(GetConversation query, CancellationToken cancellationToken) => ShowAsync(new(query.ConversationId), cancellationToken);

    public async Task<ConversationView> ShowAsync(ConversationId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {ConversationRow.Columns}
            from {ConversationRow.Tables}
            where c.id = @id and {Visibility.Rule}
            """;

        var row = await db.FindAsync<ConversationRow>(sql, new { id, SeesAll = caller.SeesAll(), Me = caller.UserId }, cancellationToken)
            ?? throw new NotFoundException("The conversation");
        var view = (await rows.ShowAsync([row], cancellationToken))[0];
        return row.HandOffNote is { } sequence && row.ClosedAt is null ? view with { HandOff = await HandOffAsync(id, sequence, cancellationToken) } : view;
    }

    public async Task<ConversationView> ShowLeftAsync(ConversationId id, CancellationToken cancellationToken)
    {
        const string sql = $"""
            select {ConversationRow.Columns}
            from {ConversationRow.Tables}
            where c.id = @id
            """;

        var row = await db.FindAsync<ConversationRow>(sql, new { id }, cancellationToken) ?? throw new NotFoundException("The conversation");
        return (await rows.ShowAsync([row], cancellationToken))[0];
    }

    private async Task<HandOffView> HandOffAsync(ConversationId id, long sequence, CancellationToken cancellationToken)
    {
        var note = await messages.ShowAsync(id, sequence, cancellationToken);
        return new HandOffView(note.Content, note.SenderId, note.SenderName, note.Timestamp);
    }
}
