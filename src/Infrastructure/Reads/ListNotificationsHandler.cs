using Chat.Application.Common;
using Chat.Application.Notifications;
using Chat.Application.Ports;
using Chat.Infrastructure.Keys;
using Chat.Infrastructure.Persistence;
using MediatR;

namespace Chat.Infrastructure.Reads;

internal sealed class ListNotificationsHandler(DbSession db, Keyring keyring, ICaller caller)
    : IRequestHandler<ListNotifications, Page<NotificationView>>
{
    public async Task<Page<NotificationView>> Handle(ListNotifications query, CancellationToken cancellationToken)
    {
        const string sql = """
            select n.id, n.kind, n.conversation_id, n.about_id, u.id as user_id, u.name, n.created_at, n.read_at
            from notifications n
            left join users u on u.affiliate_id = n.affiliate_id and u.id = n.about_id
            where n.user_id = @Me and (@After::uuid is null or n.id < @After) and (not @OnlyUnread or n.read_at is null)
            order by n.id desc
            limit @Take
            """;

        var rows = await db.ListAsync<Row>(
            sql, new { Me = caller.UserId, After = query.After(), OnlyUnread = query.Unread ?? false, Take = query.Size() + 1 }, cancellationToken);
        var keys = await keyring.OfAsync(db.Affiliate.Value, cancellationToken);
        return Page.Of(
            [
                .. rows.Select(row => new NotificationView(
                    row.Id, row.Kind, row.ConversationId, row.AboutId, StaffName.OpenOrNull(keys, row.UserId, row.Name), row.CreatedAt, row.ReadAt)),
            ],
            query.Size(), view => Paging.CursorOf(view.Id));
    }

    private sealed record Row(
        Guid Id, string Kind, Guid? ConversationId, Guid? AboutId, Guid? UserId, byte[]? Name, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt);
}
