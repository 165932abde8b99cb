using Chat.Application.Common;
using Chat.Domain.Channels;
using Chat.Domain.Common;
using FluentValidation;

namespace Chat.Application.Channels;

/// <summary>An affiliate's channels; for a platform admin who names no affiliate, everybody's.</summary>
[Requires(Permission.ManagePrograms)]
public sealed record ListChannels(Guid? AffiliateId, Guid? ProgramId, string? Provider, int? Limit, string? Cursor)
    : IQuery<Page<ChannelView>>, IInAffiliate, IPaged;

internal sealed class ListChannelsValidator : AbstractValidator<ListChannels>
{
    public ListChannelsValidator()
    {
        this.MustBePaged();
        RuleFor(query => query.Provider).MustBeOneOf(Wire.All<Provider>());
    }
}
