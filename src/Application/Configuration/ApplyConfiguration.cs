using Chat.Application.Common;
using MediatR;

namespace Chat.Application.Configuration;

/// <summary>An admin has an affiliate configured as a document says, all of it or nothing.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record ApplyConfiguration(Guid? AffiliateId, string? ExpectedTag, string? Document, bool Prune) : ICommand<ConfigurationApplied>, IInAffiliate;

internal sealed class ApplyConfigurationHandler(ConfigurationApplying applying) : IRequestHandler<ApplyConfiguration, ConfigurationApplied>
{
    public Task<ConfigurationApplied> Handle(ApplyConfiguration command, CancellationToken cancellationToken)
    {
        if (command.ExpectedTag is null)
        {
            throw new VersionMissingException();
        }

        return applying.ApplyAsync(command.AffiliateId, command.ExpectedTag, command.Document, command.Prune, cancellationToken);
    }
}
