using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Retention;

/// <summary>What the ledger says was purged, and an older copy of the database has brought back, is purged again, whatever the copy says of it.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record PurgeAgain(AffiliateId Affiliate, IReadOnlyCollection<Guid> Conversations, IReadOnlyCollection<Guid> Texters) : ICommand<Done>, IForAffiliate;

internal sealed class PurgeAgainHandler(IPurge purge) : IRequestHandler<PurgeAgain, Done>
{
    public async Task<Done> Handle(PurgeAgain command, CancellationToken cancellationToken)
    {
        await purge.DeleteAsync(
            [.. command.Conversations.Select(id => new ConversationId(id))], [.. command.Texters.Select(id => new TexterId(id))], PurgeCause.Ledger, null,
            cancellationToken);
        return default;
    }
}
