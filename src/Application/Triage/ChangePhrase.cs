using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using FluentValidation;
using MediatR;

namespace Chat.Application.Triage;

/// <summary>An admin rewrites a phrase, has it tried in the shadow, approves what somebody else has written, or retires it.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record ChangePhrase(
    Guid PhraseId, long? ExpectedVersion, Guid? AffiliateId, Guid? ProgramId, string Language, string Cue, string Pattern, string? Note, string? Status)
    : ICommand<PhraseView>, IAboutResource, IInAffiliate, IPhraseForm
{
    Guid IAboutResource.ResourceId => PhraseId;
}

internal sealed class ChangePhraseValidator : AbstractValidator<ChangePhrase>
{
    public ChangePhraseValidator() => this.MustDescribeAPhrase();
}

internal sealed class ChangePhraseHandler(IPhraseRepository phrases, IPhraseViews views, IUnitOfWork work, ICaller caller, TimeProvider clock)
    : IRequestHandler<ChangePhrase, PhraseView>
{
    public async Task<PhraseView> Handle(ChangePhrase command, CancellationToken cancellationToken)
    {
        var phrase = await phrases.GetAsync(new(command.PhraseId), cancellationToken);
        Versions.Require(command.ExpectedVersion, phrase.Version);
        command.MustStayIn(work.Affiliate);
        var before = phrase.Status;
        phrase.Change(
            command.ProgramId is { } program ? new ProgramId(program) : null, command.Language, command.Cue, command.Pattern.Trim(),
            command.Note.Trimmed(), command.Status.Or(phrase.Status), caller.UserId, clock.GetUtcNow());
        await phrases.SaveAsync(phrase, before, cancellationToken);
        return await views.ShowAsync(phrase.Id, cancellationToken);
    }
}
