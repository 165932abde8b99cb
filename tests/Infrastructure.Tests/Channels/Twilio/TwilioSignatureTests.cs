using System.Security.Cryptography;
using System.Text;
using Chat.Application.Ports;
using Chat.Infrastructure.Channels;
using Chat.Infrastructure.Channels.Twilio;

namespace Chat.Infrastructure.Tests.Channels.Twilio;

public sealed class TwilioSignatureTests
{
    private const string Path = "/api/webhooks/twilio";
    private const string Url = "https://chat.example/api/webhooks/twilio";
    private const string JsonBody = """{"property": "value", "boolean": true}""";
    private const string JsonHash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";

    // Twilio's own, from its documentation and SDKs.
    public static TheoryData<string, string, string> Published => new()
    {
        {
            "/myapp.php?foo=1&bar=2",
            "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212",
            "RSOYDt4T1cUTdK1PDd93/VVr8B8="
        },
        { $"/myapp.php?foo=1&bar=2&bodySHA256={JsonHash}", JsonBody, "a9nBmqA0ju/hNViExpshrM61xv4=" },
        { $"/myapp.php?bodySHA256={JsonHash}", JsonBody, "y77kIzt2vzLz71DgmJGsen2scGs=" },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void A_published_signature_matches(string url, string body, string signature)
    {
        var origin = new Uri("https://mycompany.com");

        Assert.True(Matches(A.TwilioCall(body, signature, url), origin));
        Assert.False(Matches(A.TwilioCall(body + "&", signature, url + "0"), origin));
        Assert.False(Matches(A.TwilioCall("x" + body, signature, url), origin));
    }

    // A form as it is sent, and what is signed of it: names and values, sorted, doubles once.
    public static TheoryData<string, string> Forms => new()
    {
        { "", "" },
        { "b=2&a=1", "a1b2" },
        { "Body=a&body=b", "Bodyabodyb" },
        { "body=b&Body=a", "Bodyabodyb" },
        { "a=2&a=1&a=2", "a1a2" },
        { "Z=1&a=2&_=3", "Z1_3a2" },
        { "Body=&From=1", "BodyFrom1" },
        { "Body&From=1", "BodyFrom1" },
        { "Body=a+b%2Bc%20d", "Bodya b+c d" },
        { "Body=x%00y", "Bodyx\0y" },
        { "Body=%F0%9F%99%82", "Body🙂" },
        { "Body=%FF", "Body\uFFFD" },
        { "Body=100%25%zz", "Body100%%zz" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_form_is_signed_field_by_field(string form, string content) =>
        Assert.True(Matches(A.TwilioCall(form, A.Signature(A.AuthToken, Url, content))));

    [Fact]
    public void Bytes_that_are_no_text_may_be_signed_as_they_are()
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(Url + "Body"), 0xFF];
        var signature = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(A.AuthToken), signed));

        Assert.True(Matches(A.TwilioCall("Body=%FF", signature)));
        Assert.False(Matches(A.TwilioCall("Body=%FE", signature)));
    }

    [Fact]
    public void Two_thousand_fields_are_signed_like_two()
    {
        var fields = Enumerable.Range(0, 2_000).Select(index => (Name: $"f{index}", Value: $"v{index}")).ToList();
        var signed = string.Concat(fields.OrderBy(field => field.Name, StringComparer.Ordinal).Select(field => field.Name + field.Value));

        var call = A.TwilioCall(string.Join('&', fields.Select(field => $"{field.Name}={field.Value}")), A.Signature(A.AuthToken, Url, signed));

        Assert.True(Matches(call));
    }

    public static TheoryData<string, string, string, bool> Addresses => new()
    {
        // what is configured, what was asked for, what was signed
        { "https://chat.example", Path, "https://chat.example/api/webhooks/twilio", true },
        { "https://chat.example", Path, "https://chat.example:443/api/webhooks/twilio", true },
        { "https://chat.example:443", Path, "https://chat.example/api/webhooks/twilio", true },
        { "http://chat.example", Path, "http://chat.example:80/api/webhooks/twilio", true },
        { "http://localhost:8080", Path, "http://localhost:8080/api/webhooks/twilio", true },
        { "http://localhost:8080", Path, "http://localhost/api/webhooks/twilio", true },
        { "http://[::1]:8080", Path, "http://[::1]:8080/api/webhooks/twilio", true },
        { "https://chat.example", Path + "?a=1&b=%20", "https://chat.example/api/webhooks/twilio?a=1&b=%20", true },
        { "https://chat.example", Path, "https://chat.example/api/webhooks/twilio?", true },
        { "https://chat.example", Path + "?", "https://chat.example/api/webhooks/twilio", true },
        { "https://chat.example", Path, "http://chat.example/api/webhooks/twilio", false },
        { "http://chat.example", Path, "https://chat.example/api/webhooks/twilio", false },
        { "https://chat.example", Path, "https://evil.example/api/webhooks/twilio", false },
        { "https://chat.example", Path, "https://chat.example:8443/api/webhooks/twilio", false },
        { "https://chat.example", Path + "?a=1", "https://chat.example/api/webhooks/twilio", false },
        { "https://chat.example", Path + "/status", "https://chat.example/api/webhooks/twilio", false },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public void The_address_is_the_configured_one_with_or_without_its_port(string origin, string url, string signedUrl, bool matches) =>
        Assert.Equal(matches, Matches(A.TwilioCall("a=1", A.Signature(A.AuthToken, signedUrl, "a1"), url), new Uri(origin)));

    [Fact]
    public void Any_secret_in_force_will_do_and_no_other()
    {
        var signedWithSecond = A.TwilioCall("a=1", A.Signature("second", Url, "a1"));
        var signedWithNothing = A.TwilioCall("a=1", A.Signature("", Url, "a1"));

        Assert.True(Matches(signedWithSecond, A.Origin, "first", "second"));
        Assert.False(Matches(signedWithSecond, A.Origin, "first", "third"));
        Assert.False(Matches(signedWithSecond, A.Origin));
        Assert.False(Matches(signedWithNothing, A.Origin, "", "first"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8=,RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_signature_that_is_missing_or_garbled_matches_nothing(string? signature) => Assert.False(Matches(A.TwilioCall("a=1", signature)));

    [Fact]
    public void The_header_is_found_however_it_is_written()
    {
        var call = A.TwilioCall("a=1") with
        {
            Headers = new Dictionary<string, string> { ["x-twilio-signature"] = A.Signature(A.AuthToken, Url, "a1") },
        };

        Assert.True(Matches(call));
    }

    [Theory]
    [InlineData("")]
    [InlineData("zz")]
    [InlineData("0a1f")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public void A_hash_in_the_address_that_is_not_the_bodys_vouches_for_nothing(string hash)
    {
        var url = $"{Path}?bodySHA256={hash}";

        Assert.False(Matches(A.TwilioCall("a=1", A.Signature(A.AuthToken, A.Origin.GetLeftPart(UriPartial.Authority) + url), url)));
    }

    [Fact]
    public void What_is_signed_here_matches_here()
    {
        var form = FormBody.Read("b=%FF&a=1&a=1"u8);

        Assert.True(Matches(A.TwilioCall("b=%FF&a=1&a=1", TwilioSignature.Of(A.AuthToken, Url, form))));
    }

    private static bool Matches(WebhookCall call) => Matches(call, A.Origin);

    private static bool Matches(WebhookCall call, Uri origin) => Matches(call, origin, A.AuthToken);

    private static bool Matches(WebhookCall call, Uri origin, params string[] secrets) =>
        TwilioSignature.Matches(call, FormBody.Read(call.Body), origin, secrets);
}
