using Chat.Application.Common;
using Chat.Application.Ports;
using MediatR;

namespace Chat.Application.OffBoarding;

/// <summary>A platform admin begins to take an affiliate off the platform: nothing is destroyed yet.</summary>
[Requires(Permission.ManageAffiliates)]
public sealed record BeginOffBoarding(Guid AffiliateId) : ICommand<OffBoardingView>;

/// <summary>An affiliate that leaves, and in the end the proof that it has gone.</summary>
/// <param name="Status">`begun`, `confirmed` while everything is being destroyed, then `completed`.</param>
/// <param name="ExportedAt">When the affiliate's own admin last took out everything.</param>
/// <param name="Destroyed">How many rows of which table.</param>
/// <param name="Keys">How many keys were destroyed, the affiliate's own among them.</param>
public sealed record OffBoardingView(
    Guid Id, Guid AffiliateId, string Status, Guid BegunBy, DateTimeOffset BegunAt, DateTimeOffset? ExportedAt, Guid? ConfirmedBy, DateTimeOffset? ConfirmedAt,
    DateTimeOffset? CompletedAt, IReadOnlyDictionary<string, int> Destroyed, long Keys);

internal sealed class BeginOffBoardingHandler(IAffiliateRepository affiliates, IOffBoardings offBoardings, ICaller caller, TimeProvider clock)
    : IRequestHandler<BeginOffBoarding, OffBoardingView>
{
    public async Task<OffBoardingView> Handle(BeginOffBoarding command, CancellationToken cancellationToken)
    {
        var affiliate = await affiliates.GetAsync(new(command.AffiliateId), cancellationToken);
        return await offBoardings.BeginAsync(affiliate.Id, caller.UserId, clock.GetUtcNow(), cancellationToken);
    }
}
