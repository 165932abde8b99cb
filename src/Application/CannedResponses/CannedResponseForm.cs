using Chat.Application.Common;
using FluentValidation;

namespace Chat.Application.CannedResponses;

/// <summary>What an admin fills in for a canned response.</summary>
public interface ICannedResponseForm
{
    Guid ProgramId { get; }

    string Title { get; }

    string Body { get; }
}

internal static class CannedResponseForm
{
    private const int LongestBody = 1600;

    public static void MustDescribeACannedResponse<T>(this AbstractValidator<T> validator)
        where T : ICannedResponseForm
    {
        validator.RuleFor(form => form.ProgramId).NotEmpty();
        validator.RuleFor(form => form.Title).MustBeAName();
        validator.RuleFor(form => form.Body).NotEmpty().MustBeAText(LongestBody);
    }
}
