using System.Text.RegularExpressions;
using Chat.Application.Common;
using Chat.Domain.Common;
using Chat.Domain.EmergencyContacts;
using FluentValidation;

namespace Chat.Application.EmergencyContacts;

/// <summary>What an admin fills in for an emergency contact.</summary>
public interface IEmergencyContactForm
{
    string Kind { get; }

    string Name { get; }

    string? Area { get; }

    string? Phone { get; }

    string? Email { get; }

    string? WebhookUrl { get; }

    string? WebhookSecret { get; }

    bool? OnCall { get; }

    string? Notes { get; }

    string? Status { get; }
}

internal static partial class EmergencyContactForm
{
    public const int LongestArea = 200;

    private const int LongestNotes = 2000;
    private const string SecretPrefix = "whsec_";

    public static void MustDescribeAnEmergencyContact<T>(this AbstractValidator<T> validator, WebhookAddresses addresses)
        where T : IEmergencyContactForm
    {
        validator.RuleFor(form => form.Kind).NotEmpty().MustBeOneOf(Wire.All<EmergencyKind>());
        validator.RuleFor(form => form.Name).MustBeAName();
        validator.RuleFor(form => form.Area).MustBeALine(LongestArea);
        validator.RuleFor(form => form.Phone).Must(text => text.Trimmed() is not { } phone || Phone().IsMatch(phone))
            .WithMessage("At most 40 digits, spaces, + ( ) - . and letters for an extension, with a digit among them.");
        validator.RuleFor(form => form.Email).MustBeAnEmailAddress();
        validator.RuleFor(form => form.WebhookUrl).MustBeStorable()
            .Must(text => text.Trimmed() is not { } url || addresses.Take(url))
            .WithMessage($"An absolute https address without a user, of at most {WebhookAddresses.Longest} characters.");
        validator.RuleFor(form => form.WebhookSecret).Must(text => text is null or "" || IsSecret(text))
            .WithMessage("whsec_ and 24 to 64 bytes in base64, as Standard Webhooks has it.");
        validator.RuleFor(form => form.Notes).MustBeAText(LongestNotes);
        validator.RuleFor(form => form.Status).MustBeOneOf(Wire.All<Status>());
    }

    /// <summary>Whoever is on call hears of an escalation from the platform, which speaks to addresses and does not dial.</summary>
    public static void RequireAWayToNotify(bool onCall, string? email, string? webhookUrl)
    {
        if (onCall && email is null && webhookUrl is null)
        {
            throw Rules.Invalid(nameof(IEmergencyContactForm.Email), "Whoever is on call needs an e-mail address or a webhook.");
        }
    }

    private static bool IsSecret(string text) =>
        Secret().IsMatch(text) && Convert.TryFromBase64String(text[SecretPrefix.Length..], new byte[64], out var length) && length >= 24;

    [GeneratedRegex(@"^(?=.*[0-9])[0-9A-Za-z +().-]{1,40}\z")]
    private static partial Regex Phone();

    [GeneratedRegex(@"^whsec_[A-Za-z0-9+/]{32,88}={0,2}\z")]
    private static partial Regex Secret();
}
