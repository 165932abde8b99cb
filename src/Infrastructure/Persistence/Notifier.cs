using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Infrastructure.Messaging;

namespace Chat.Infrastructure.Persistence;

internal sealed class Notifier(DbSession db, StaffBell bell, ISendings sendings, IMailSender mail, TimeProvider clock) : INotifier
{
    public Task TellAsync(NotificationKind kind, UserId user, ConversationId? conversation, Guid? about, CancellationToken cancellationToken) =>
        TellAllAsync(kind, [user.Value], conversation, about, cancellationToken);

    public async Task TellSupervisorsAsync(NotificationKind kind, ConversationId? conversation, Guid? about, CancellationToken cancellationToken)
    {
        const string sql = "select id from users where role = 'supervisor' and status = 'active'";

        await TellAllAsync(kind, await db.ListAsync<Guid>(sql, new { }, cancellationToken), conversation, about, cancellationToken);
    }

    public async Task TellAdminsAsync(NotificationKind kind, Guid? about, CancellationToken cancellationToken)
    {
        const string sql = "select id from users where role = 'admin' and status = 'active'";

        await TellAllAsync(kind, await db.ListAsync<Guid>(sql, new { }, cancellationToken), null, about, cancellationToken);
    }

    public async Task TellAvailableAsync(NotificationKind kind, ProgramId program, ConversationId? conversation, CancellationToken cancellationToken)
    {
        const string sql = $"select u.id {Room.Responders}";

        await TellAllAsync(kind, await db.ListAsync<Guid>(sql, new { program, Room.Occupying }, cancellationToken), conversation, null, cancellationToken);
    }

    private async Task TellAllAsync(NotificationKind kind, IReadOnlyList<Guid> users, ConversationId? conversation, Guid? about, CancellationToken cancellationToken)
    {
        const string sql = """
            insert into notifications (user_id, id, kind, conversation_id, about_id, created_at)
            values (@user, @id, @Kind, @conversation, @about, @now)
            """;

        var now = clock.GetUtcNow();
        foreach (var user in users)
        {
            var id = Guid.CreateVersion7(now);
            await db.ExecuteAsync(sql, new { user, id, Kind = kind.Name(), conversation, about, now }, cancellationToken);
            await SendToAsync(kind, user, conversation, about, now, cancellationToken);
            bell.Ring(db, user, kind.Name(), conversation?.Value);
        }
    }

    // Whoever wants to hear of this by other ways too, as far as there are such ways.
    private async Task SendToAsync(NotificationKind kind, Guid user, ConversationId? conversation, Guid? about, DateTimeOffset now, CancellationToken cancellationToken)
    {
        const string wanted = """
            select via
            from notification_settings s
            cross join lateral (
                values ('email', @HasMail and @kind = any(s.by_email)), ('text', @kind = any(s.by_text) and s.phone is not null)) as w (via, wants)
            where s.user_id = @user and w.wants
            """;

        foreach (var via in await db.ListAsync<SendingWay>(wanted, new { user, kind, HasMail = mail.IsConfigured }, cancellationToken))
        {
            await sendings.AddAsync(
                new Sending(Guid.CreateVersion7(now), via, kind, new(user), null, conversation, about, null, 0, now), cancellationToken);
        }
    }
}
