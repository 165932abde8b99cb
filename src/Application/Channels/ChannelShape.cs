using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chat.Domain.Channels;
using Chat.Domain.Common;
using FluentValidation.Results;

namespace Chat.Application.Channels;

/// <summary>What a provider's channels consist of: the table by which a form is checked, a row for each provider that is spoken.</summary>
internal sealed partial record ChannelShape(
    TextShape Address, IReadOnlyList<ChannelMember> Credentials, IReadOnlyList<ChannelMember> Settings)
{
    private static readonly FrozenDictionary<Provider, ChannelShape> Shapes = new Dictionary<Provider, ChannelShape>
    {
        [Provider.Twilio] = new(
            new(TwilioAddress(), "A number in E.164 such as +15550001111, a short code, or a messaging service's id (MG…)."),
            [
                new("accountSid", IsNeeded: true, new(AccountSid(), "The account's id, which begins with AC.")),
                new("authToken", IsNeeded: true, new(Secret(), "1 to 200 letters, digits and signs, without spaces.")),
                new("secondaryAuthToken", IsNeeded: false, new(Secret(), "1 to 200 letters, digits and signs, without spaces.")),
            ],
            [
                new("messagingServiceSid", IsNeeded: false, new(MessagingService(), "A messaging service's id: MG and 32 hexadecimal digits.")),
            ]),
    }.ToFrozenDictionary();

    public static IEnumerable<string> Spoken => Shapes.Keys.Order().Select(provider => provider.Name());

    public static ChannelShape? Of(Provider provider) => Shapes.GetValueOrDefault(provider);

    /// <summary>
    /// What is wrong with a form. A change may leave credentials out, for they cannot be shown; a new channel needs them.
    /// </summary>
    public IEnumerable<ValidationFailure> Check(IChannelForm form, bool isNew)
    {
        if (!Address.Fits(form.Address?.Trim()))
        {
            yield return new(nameof(form.Address), Address.Hint);
        }

        var credentials = form.Credentials ?? new Dictionary<string, string?>();
        var settings = form.Settings ?? new Dictionary<string, JsonElement>();
        foreach (var failure in Strangers(nameof(form.Credentials), credentials.Keys, Credentials)
            .Concat(Strangers(nameof(form.Settings), settings.Keys, Settings)))
        {
            yield return failure;
        }

        foreach (var member in Credentials)
        {
            var isGiven = credentials.TryGetValue(member.Name, out var secret);
            if (member.IsNeeded && secret is null && (isGiven || isNew))
            {
                yield return new($"{nameof(form.Credentials)}.{member.Name}", "It is needed.");
            }
            else if (secret is not null && !member.Text.Fits(secret))
            {
                yield return new($"{nameof(form.Credentials)}.{member.Name}", member.Text.Hint);
            }
        }

        foreach (var member in Settings)
        {
            if (settings.TryGetValue(member.Name, out var value) && value.ValueKind != JsonValueKind.Null && !member.Text.Fits(value))
            {
                yield return new($"{nameof(form.Settings)}.{member.Name}", member.Text.Hint);
            }
        }
    }

    private static IEnumerable<ValidationFailure> Strangers(
        string property, IEnumerable<string> names, IReadOnlyList<ChannelMember> members) =>
        names.All(name => members.Any(member => member.Name == name))
            ? []
            : [new(property, $"There are no others than {string.Join(", ", members.Select(member => member.Name))}.")];

    [GeneratedRegex(@"^(\+[1-9][0-9]{6,14}|[0-9]{3,8}|MG[0-9a-fA-F]{32})\z")]
    private static partial Regex TwilioAddress();

    [GeneratedRegex(@"^AC[0-9A-Za-z]{1,62}\z")]
    private static partial Regex AccountSid();

    [GeneratedRegex(@"^[!-~]{1,200}\z")]
    private static partial Regex Secret();

    [GeneratedRegex(@"^MG[0-9a-fA-F]{32}\z")]
    private static partial Regex MessagingService();
}

/// <summary>A credential or a setting.</summary>
internal sealed record ChannelMember(string Name, bool IsNeeded, TextShape Text);

/// <summary>What a text looks like, for the machine and for people.</summary>
internal sealed record TextShape(Regex Pattern, string Hint)
{
    public bool Fits(string? text) => text is not null && Pattern.IsMatch(text);

    // As it was written: whoever needs escapes for it has written something else.
    public bool Fits(JsonElement value) => value.ValueKind == JsonValueKind.String && Fits(value.GetRawText()[1..^1]);
}
