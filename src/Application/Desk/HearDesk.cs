using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.Desk;

/// <summary>A screen wants to hear what happens, as far as its user may see it.</summary>
[Requires(Permission.HearDesk)]
public sealed record HearDesk : IQuery<Hearing>;

public sealed record Hearing(Guid Affiliate, bool AllPrograms, IReadOnlySet<Guid> Programs);

internal sealed class HearDeskHandler(IUserRepository users, ICaller caller) : IRequestHandler<HearDesk, Hearing>
{
    public async Task<Hearing> Handle(HearDesk query, CancellationToken cancellationToken)
    {
        var user = await users.GetAsync(caller.UserId, cancellationToken);
        return new Hearing(caller.AffiliateId.Value, !caller.May(Permission.TakeConversations), user.ProgramIds.ToHashSet());
    }
}
