using System.Text.Json;
using Chat.Application.Common;
using Chat.Domain.Common;
using Chat.Domain.Programs;
using FluentValidation;

namespace Chat.Application.Programs;

/// <summary>What an admin fills in for a program.</summary>
public interface IProgramForm
{
    string Name { get; }

    string? ShortCode { get; }

    string? Description { get; }

    string? Status { get; }

    IReadOnlyDictionary<string, JsonElement>? Settings { get; }
}

internal static class ProgramForm
{
    private static readonly Dictionary<string, JsonElement> NoSettings = [];

    public static void MustDescribeAProgram<T>(this AbstractValidator<T> validator)
        where T : IProgramForm
    {
        validator.RuleFor(form => form.Name).MustBeAName();
        validator.RuleFor(form => form.ShortCode).Matches(@"^\s*[A-Za-z0-9-]{0,20}\s*\z")
            .WithMessage("At most 20 letters, digits and hyphens.");
        validator.RuleFor(form => form.Description).MustBeAText(2000);
        validator.RuleFor(form => form.Status).MustBeOneOf(Wire.All<Status>());
        validator.RuleFor(form => form.Settings).Cascade(CascadeMode.Stop).MustBeSettings().Custom((settings, context) =>
        {
            foreach (var (member, message) in ProgramSettings.Faults(JsonSerializer.SerializeToElement(settings ?? NoSettings)))
            {
                context.AddFailure($"{nameof(IProgramForm.Settings)}.{member}", message);
            }
        });
    }
}
