using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.Triage;

/// <summary>What triage would make of a message. Nothing of it is kept.</summary>
/// <param name="InShadow">By the candidate, with the phrases that are tried in the shadow.</param>
[Requires(Permission.ManageAffiliate)]
public sealed record TryTriage(Guid? AffiliateId, string Text, string? Language, Guid? ProgramId, bool InShadow) : IQuery<TriedMessage>, IInAffiliate;

internal sealed class TryTriageValidator : AbstractValidator<TryTriage>
{
    private const int Longest = 16_000;

    public TryTriageValidator()
    {
        RuleFor(query => query.Text).NotEmpty().MaximumLength(Longest);
        RuleFor(query => query.Language).MustBeOneOf(PhraseForm.Languages);
    }
}

/// <param name="Version">Of the rules that it was read by.</param>
/// <param name="Language">In which it was read; null where no language was recognised, and all were tried.</param>
public sealed record TriedMessage(string Level, string Version, string? Language, IReadOnlyList<TriedReason> Reasons, IReadOnlyList<string> Topics);

/// <param name="Start">Where the words stand that it spoke of, in UTF-16 units.</param>
public sealed record TriedReason(string Rule, string Level, int Start, int Length, string Phrase);
