using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Application.Sessions;
using Chat.Infrastructure.Persistence;
using Chat.Infrastructure.Time;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Infrastructure.Reads;

internal sealed class ListSessionsHandler(DbSession db, ICaller caller, [FromKeyedServices(Clocks.Real)] TimeProvider clock)
    : IRequestHandler<ListSessions, Page<OwnSession>>
{
    public async Task<Page<OwnSession>> Handle(ListSessions query, CancellationToken cancellationToken)
    {
        // One that cannot be carried on is over, though nobody has signed out of it.
        const string sql = """
            select s.id, s.device, s.created_at, coalesce(s.last_used_at, s.created_at) as last_used_at, s.id = @Session as current
            from sessions s
            where s.user_id = @Me and s.revoked_at is null and s.expires_at > @Now and (@After::uuid is null or s.id < @After)
                and (s.id = @Session or exists (
                    select from refresh_tokens t where t.session_id = s.id and t.used_at is null and t.expires_at > @Now))
            order by s.id desc
            limit @Take
            """;

        var rows = await db.ListAsync<OwnSession>(
            sql, new { Me = caller.UserId, Session = caller.SessionId, Now = clock.GetUtcNow(), After = query.After(), Take = query.Size() + 1 },
            cancellationToken);
        return Page.Of(rows, query.Size(), view => Paging.CursorOf(view.Id));
    }
}
