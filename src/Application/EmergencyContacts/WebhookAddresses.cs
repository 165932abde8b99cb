namespace Chat.Application.EmergencyContacts;

/// <summary>Where this installation may be told to call: over https, and outside Production over plain http too.</summary>
public sealed record WebhookAddresses(bool PlainHttpToo)
{
    public const int Longest = 500;

    // A password in an address would be shown to every admin.
    public bool Take(string address) =>
        address.Length <= Longest
        && !address.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character == '\\')
        && Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Host.Length > 0 && url.UserInfo.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps || (PlainHttpToo && url.Scheme == Uri.UriSchemeHttp));
}
