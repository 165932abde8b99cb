using System.Security.Cryptography;
using System.Text;
using Chat.Sdk.Webhooks;

namespace Chat.Api.Tests.Sdk;

/// <summary>Against the vector of Standard Webhooks, and what is a little beside it.</summary>
public sealed class WebhookVerifierTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Other = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string SentAt = "1614265330";
    private const string Body = """{"test": 2432232314}""";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

#pragma warning disable format // read as columns
    public static TheoryData<bool, string, string?, string?, string?, string> Calls { get; } = new()
    {
        // genuine, what it is            id        time                signatures                                       body
        { true,  "the vector",            Id,       SentAt,             Signature,                                       Body },
        { true,  "one of several",        Id,       SentAt,             "v1,bm9uZQ== " + Signature + " v1a,xyz",         Body },
        { true,  "five minutes ago",      Id,       SentAt,             Signature,                                       Body },
        { false, "another body",          Id,       SentAt,             Signature,                                       Body + " " },
        { false, "another id",            Id + "x", SentAt,             Signature,                                       Body },
        { false, "another time",          Id,       "1614265331",       Signature,                                       Body },
        { false, "no scheme",             Id,       SentAt,             Signature[3..],                                  Body },
        { false, "another scheme",        Id,       SentAt,             "v2" + Signature[2..],                           Body },
        { false, "a part of it",          Id,       SentAt,             Signature[..^4],                                 Body },
        { false, "no signature",          Id,       SentAt,             null,                                            Body },
        { false, "an empty signature",    Id,       SentAt,             " ",                                             Body },
        { false, "no id",                 null,     SentAt,             Signature,                                       Body },
        { false, "no time",               Id,       null,               Signature,                                       Body },
        { false, "a time that is none",   Id,       "yesterday",        Signature,                                       Body },
        { false, "a negative time",       Id,       "-1614265330",      Signature,                                       Body },
        { false, "a time beyond dates",   Id,       "9223372036854775807", Signature,                                    Body },
        { false, "letters of no script",  Id,       SentAt,             "v1,\ud800",                                     Body },
    };
#pragma warning restore format

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_is_genuine_when_one_of_its_signatures_fits(bool genuine, string what, string? id, string? time, string? signatures, string body)
    {
        var verifier = new WebhookVerifier(At(what.StartsWith("five", StringComparison.Ordinal) ? 300 : 0), Secret);

        Assert.Equal(genuine, verifier.IsGenuine(id, time, signatures, Encoding.UTF8.GetBytes(body)));
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void A_call_is_of_these_five_minutes(int seconds, bool genuine) =>
        Assert.Equal(genuine, new WebhookVerifier(At(seconds), Secret).IsGenuine(Id, SentAt, Signature, Encoding.UTF8.GetBytes(Body)));

    [Fact]
    public void While_a_secret_is_replaced_either_will_do_and_a_stranger_never()
    {
        Assert.True(new WebhookVerifier(At(0), Other, Secret).IsGenuine(Id, SentAt, Signature, Encoding.UTF8.GetBytes(Body)));
        Assert.True(new WebhookVerifier(At(0), Secret["whsec_".Length..], Other).IsGenuine(Id, SentAt, Signature, Encoding.UTF8.GetBytes(Body)));
        Assert.False(new WebhookVerifier(At(0), Other).IsGenuine(Id, SentAt, Signature, Encoding.UTF8.GetBytes(Body)));
    }

    [Theory]
    [InlineData("whsec_")]
    [InlineData("whsec_AAECAwQ=")]
    [InlineData("no base64 at all, whatever its length may be")]
    public void A_secret_that_is_none_is_refused_at_once(string secret) => Assert.Throws<ArgumentException>(() => new WebhookVerifier(secret));

    [Fact]
    public void What_is_not_genuine_is_never_read()
    {
        var verifier = new WebhookVerifier(At(0), Secret);

        var refused = Assert.Throws<WebhookRefusedException>(() => verifier.Read(_ => null, "{}"u8));

        Assert.Equal("A header is missing.", refused.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"id\":5}")]
    public void A_body_that_is_no_event_says_so(string body)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var signed = HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"m.{now}.{body}"));
        var headers = new Dictionary<string, string> { ["webhook-id"] = "m", ["webhook-timestamp"] = now, ["webhook-signature"] = "v1," + Convert.ToBase64String(signed) };

        Assert.Throws<FormatException>(() => new WebhookVerifier(Secret).Read(name => headers.GetValueOrDefault(name), Encoding.UTF8.GetBytes(body)));
    }

    private static Stopped At(int seconds) => new(DateTimeOffset.FromUnixTimeSeconds(1614265330 + seconds));
}

/// <summary>A clock that stands still.</summary>
internal sealed class Stopped(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
