using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using MediatR;

namespace Chat.Application.Sessions;

/// <summary>The platform puts on record that somebody failed to sign in as one of an affiliate's users.</summary>
[Requires(Permission.RunTheSystem)]
public sealed record PutFailedLogInOnRecord(AffiliateId Affiliate, UserId User) : IUseCase<Done>, IForAffiliate;

internal sealed class PutFailedLogInOnRecordHandler(IAuditTrail audit) : IRequestHandler<PutFailedLogInOnRecord, Done>
{
    public async Task<Done> Handle(PutFailedLogInOnRecord command, CancellationToken cancellationToken)
    {
        await audit.NoteSignInAsync(command.User, succeeded: false, cancellationToken);
        return default;
    }
}
