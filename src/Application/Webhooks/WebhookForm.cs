using Chat.Application.Common;
using Chat.Application.EmergencyContacts;
using Chat.Domain.Common;
using Chat.Domain.Webhooks;
using FluentValidation;

namespace Chat.Application.Webhooks;

/// <summary>What is filled in for a webhook.</summary>
public interface IWebhookForm
{
    string Url { get; }

    IReadOnlyList<string>? EventTypes { get; }

    IReadOnlyDictionary<string, string>? Headers { get; }

    string? Status { get; }
}

internal static class WebhookForm
{
    private const int LongestHeader = 1000;

    /// <summary>By which receivers recognise a caller. All others are ours, the connection's, or some proxy's that believes them.</summary>
    private static readonly string[] AllowedHeaders = ["Authorization", "X-Api-Key", "X-Auth-Token", "X-Webhook-Token", "X-Tenant-Id"];

    public static void MustDescribeAWebhook<T>(this AbstractValidator<T> validator, WebhookAddresses addresses)
        where T : IWebhookForm
    {
        validator.RuleFor(form => form.Url).Cascade(CascadeMode.Stop).NotEmpty().MustBeStorable()
            .Must(text => text.Trimmed() is { } url && addresses.Take(url))
            .WithMessage($"An absolute https address without a user, of at most {WebhookAddresses.Longest} characters.");
        validator.RuleFor(form => form.EventTypes).NotEmpty().WithMessage("At least one type of event, or * for all of them.")
            .Must(types => types is null || types.All(IsEventType))
            .WithMessage($"{WebhookEvents.Everything} for all, or of {string.Join(", ", WebhookEvents.All)}.");
        validator.RuleFor(form => form.Headers)
            .Must(headers => headers is null || headers.Keys.All(name => AllowedHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)))
            .WithMessage($"One of {string.Join(", ", AllowedHeaders)}.")
            .Must(headers => headers is null || headers.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() == headers.Count)
            .WithMessage("Each header once.")
            .Must(headers => headers is null || headers.Values.All(IsHeaderValue))
            .WithMessage($"A value is 1 to {LongestHeader} visible characters of ASCII, with spaces only inside.");
        validator.RuleFor(form => form.Status).MustBeOneOf(Wire.All<Status>());
    }

    /// <summary>Each type once, in the order in which they are listed; everything is everything.</summary>
    public static string[] Tidy(this IReadOnlyList<string> types) =>
        types.Contains(WebhookEvents.Everything) ? [WebhookEvents.Everything] : [.. WebhookEvents.All.Where(types.Contains)];

    /// <summary>Under the names by which they are known, however they were typed.</summary>
    public static IReadOnlyDictionary<string, string>? Tidy(this IReadOnlyDictionary<string, string>? headers) =>
        headers?.ToDictionary(
            header => AllowedHeaders.First(name => name.Equals(header.Key, StringComparison.OrdinalIgnoreCase)), header => header.Value);

    private static bool IsEventType(string? type) => type is not null && (type == WebhookEvents.Everything || WebhookEvents.All.Contains(type));

    private static bool IsHeaderValue(string? value) =>
        value is { Length: > 0 and <= LongestHeader } && value.All(character => character is >= ' ' and <= '~') && value.Trim() == value;
}
