using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.OffBoarding;

/// <summary>Nothing is left of an affiliate, and its keys are destroyed: the proof is closed.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record CompleteOffBoarding(AffiliateId Affiliate, long Keys) : ICommand<Done>, IForAffiliate;

internal sealed class CompleteOffBoardingHandler(IOffBoardings offBoardings, TimeProvider clock) : IRequestHandler<CompleteOffBoarding, Done>
{
    public async Task<Done> Handle(CompleteOffBoarding command, CancellationToken cancellationToken)
    {
        await offBoardings.CompleteAsync(command.Affiliate, command.Keys, clock.GetUtcNow(), cancellationToken);
        return default;
    }
}
