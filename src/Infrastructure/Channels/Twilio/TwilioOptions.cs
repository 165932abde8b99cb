namespace Chat.Infrastructure.Channels.Twilio;

/// <summary>Settings under <c>Channels:Twilio</c>.</summary>
internal sealed class TwilioOptions
{
    public const string Section = "Channels:Twilio";

    /// <summary>Where messages are handed over.</summary>
    public Uri BaseUrl { get; set; } = new("https://api.twilio.com");

    /// <summary>How long one message may take to be handed over, from the connection to the last byte of the answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
