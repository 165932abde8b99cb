using Chat.Application.Common;
using Chat.Domain.Common;
using Chat.Domain.Keywords;
using FluentValidation;

namespace Chat.Application.Keywords;

/// <summary>What an admin fills in for a keyword.</summary>
public interface IKeywordForm
{
    Guid ProgramId { get; }

    string Keyword { get; }

    string? Action { get; }

    string? SubProgram { get; }

    string? Response { get; }
}

internal static class KeywordForm
{
    private const int LongestResponse = 1600;

    public static void MustDescribeAKeyword<T>(this AbstractValidator<T> validator)
        where T : IKeywordForm
    {
        validator.RuleFor(form => form.ProgramId).NotEmpty();
        validator.RuleFor(form => form.Keyword).Cascade(CascadeMode.Stop).NotEmpty().MustBeALine(KeywordText.LongestKeyword)
            .Must(text => KeywordText.Normalise(text!).Length > 0).WithMessage("A keyword has letters or digits.");
        validator.RuleFor(form => form.Action).MustBeOneOf(Wire.All<KeywordAction>());
        validator.RuleFor(form => form.SubProgram).MustBeALine(100);
        validator.RuleFor(form => form.Response).MustBeAText(LongestResponse);
    }

    /// <summary>Nobody is called for a reply: without words of its own the texter would be left with silence.</summary>
    public static void RequireWords(KeywordAction action, string? response)
    {
        if (action == KeywordAction.Reply && response is null)
        {
            throw Rules.Invalid(nameof(IKeywordForm.Response), "A reply needs its words.");
        }
    }
}
