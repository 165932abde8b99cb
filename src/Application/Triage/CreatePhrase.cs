using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Triage;
using FluentValidation;
using MediatR;

namespace Chat.Application.Triage;

/// <summary>An admin writes a phrase for triage; it has no effect until somebody else has approved it.</summary>
[Requires(Permission.ManageAffiliate)]
public sealed record CreatePhrase(Guid? AffiliateId, Guid? ProgramId, string Language, string Cue, string Pattern, string? Note, string? Status)
    : ICommand<PhraseView>, IOnce, IInAffiliate, IPhraseForm;

internal sealed class CreatePhraseValidator : AbstractValidator<CreatePhrase>
{
    public CreatePhraseValidator()
    {
        this.MustDescribeAPhrase();
        RuleFor(command => command.Status).MustBeOneOf([PhraseStatus.Draft.Name(), PhraseStatus.InShadow.Name()]);
    }
}

internal sealed class CreatePhraseHandler(
    IPhraseRepository phrases, IAffiliateRepository affiliates, IPhraseViews views, IUnitOfWork work, ICaller caller, TimeProvider clock)
    : IRequestHandler<CreatePhrase, PhraseView>
{
    // So that nobody can make triage slow for their own texters.
    private const int Most = 300;

    public async Task<PhraseView> Handle(CreatePhrase command, CancellationToken cancellationToken)
    {
        if (command.AffiliateId is null && work.Affiliate.IsPlatform)
        {
            throw Rules.Invalid(nameof(command.AffiliateId), "Say which affiliate the phrase is for.");
        }

        await affiliates.GetAsync(work.Affiliate, cancellationToken);
        if (await phrases.CountAsync(cancellationToken) >= Most)
        {
            throw new RefusedException("triage.too_many_phrases", $"An affiliate has at most {Most} phrases that are not retired.");
        }

        var now = clock.GetUtcNow();
        var phrase = new Phrase(
            new(Guid.CreateVersion7(now)), command.ProgramId is { } program ? new ProgramId(program) : null, command.Language, command.Cue,
            command.Pattern.Trim(), command.Note.Trimmed(), command.Status.Or(PhraseStatus.Draft), caller.UserId, null, null, version: 1, now, now);
        await phrases.AddAsync(phrase, cancellationToken);
        return await views.ShowAsync(phrase.Id, cancellationToken);
    }
}
