using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Retention;

/// <summary>Conversations whose time is up are purged, and texters who have none left.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record PurgeWhatIsDue(AffiliateId Affiliate, IReadOnlyCollection<Guid> Conversations, IReadOnlyCollection<Guid> Texters)
    : ICommand<int>, IForAffiliate;

internal sealed class PurgeWhatIsDueHandler(IPurge purge, TimeProvider clock) : IRequestHandler<PurgeWhatIsDue, int>
{
    public async Task<int> Handle(PurgeWhatIsDue command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var conversations = await purge.LockDueAsync(command.Conversations, now, cancellationToken);
        var texters = await purge.LockAloneAsync(conversations, command.Texters, now, cancellationToken);
        await purge.DeleteAsync(conversations, texters, PurgeCause.Retention, null, cancellationToken);
        return conversations.Count + texters.Count;
    }
}
