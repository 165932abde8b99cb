using System.Net.Sockets;
using System.Text;

namespace Chat.Api.Tests.Operations;

/// <summary>Whatever is sent, the answer is a problem document of the one shape, and nothing is a 500.</summary>
[Collection(ApiSuite.Name)]
public sealed class ProblemTests(ChatApi api)
{
    [Theory]
    [InlineData("GET", "/api/nothing", 404, "route.not_found")]
    [InlineData("POST", "/api/nothing", 404, "route.not_found")]
    [InlineData("GET", "/api/conversations/not-a-guid", 404, "route.not_found")]
    [InlineData("DELETE", "/api/queue", 405, "route.method_not_allowed")]
    [InlineData("GET", "/api/auth/login", 405, "route.method_not_allowed")]
    [InlineData("GET", "/api/conversations?limit=x", 400, "request.malformed")]
    [InlineData("GET", "/api/conversations?limit=0", 400, "request.invalid")]
    [InlineData("GET", "/api/conversations?limit=201", 400, "request.invalid")]
    [InlineData("GET", "/api/conversations?cursor=%00", 400, "request.invalid")]
    [InlineData("GET", "/api/conversations?programId=%00", 400, "request.malformed")]
    [InlineData("GET", "/api/conversations?state=%00", 400, "request.invalid")]
    [InlineData("GET", "/api/queue?cursor=-1", 400, "request.invalid")]
    [InlineData("GET", "/api/queue?cursor=99999999999", 400, "request.invalid")]
    [InlineData("GET", "/api/conversations/01890000-0000-7000-8000-000000000000", 404, "resource.not_found")]
    [InlineData("GET", "/api/conversations/01890000-0000-7000-8000-000000000000/messages?afterSequence=-1", 400, "request.invalid")]
    public async Task A_request_that_leads_nowhere(string method, string path, int status, string code)
    {
        var affiliate = await api.GivenAffiliateAsync();

        (await affiliate.Admin.SendAsync(new HttpMethod(method), path, null)).Problem(status, code);
    }

    [Theory]
    [InlineData("", "application/json", 400)]
    [InlineData("{", "application/json", 400)]
    [InlineData("null", "application/json", 400)]
    [InlineData("[]", "application/json", 400)]
    [InlineData("\"x\"", "application/json", 400)]
    [InlineData("{\"email\":1,\"password\":\"x\"}", "application/json", 400)]
    [InlineData("{\"email\":\"a\",\"email\":\"b\",\"password\":\"x\"}", "application/json", 400)]
    [InlineData("{\"email\":\"a\",\"password\":\"x\",\"role\":\"admin\"}", "application/json", 400)]
    [InlineData("{\"email\":\"a\\u0000b\",\"password\":\"x\"}", "application/json", 400)]
    [InlineData("{\"email\":\"\\ud800\",\"password\":\"x\"}", "application/json", 400)]
    [InlineData("{\"email\":null,\"password\":null}", "application/json", 400)]
    [InlineData("{}", "application/json", 400)]
    [InlineData("{\"email\":\"a\",\"password\":\"x\"}", "text/plain", 415)]
    [InlineData("email=a&password=x", "application/x-www-form-urlencoded", 415)]
    public async Task A_body_that_is_not_right(string body, string type, int status)
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new(type);

        var answer = await api.Anonymous.PostAsync("/api/auth/login", content);

        answer.Problem(status, answer.Json.GetProperty("code").GetString()!);
        Assert.DoesNotContain("\\u0000", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_and_nesting_without_end_are_refused()
    {
        foreach (var body in new[]
        {
            [0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d],
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000)),
            Encoding.UTF8.GetBytes(new string('[', 100_000)),
        })
        {
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");

            (await api.Anonymous.PostAsync("/api/auth/login", content)).Problem(400, "request.malformed");
        }
    }

    [Fact]
    public async Task What_is_too_large_is_said_so()
    {
        (await api.Anonymous.PostAsync("/api/auth/login", new { email = new string('x', 300 * 1024), password = "x" })).Problem(413, "request.too_large");
        (await api.Anonymous.GetAsync("/api/queue?x=" + new string('x', 10_000))).Problem(414, "request.uri_too_long");
        (await api.Anonymous.SendAsync(HttpMethod.Get, "/api/queue", null, ("X-Long", new string('x', 20_000)))).Problem(431, "request.headers_too_large");
    }

    [Fact]
    public async Task A_reply_with_a_field_that_is_not_known_names_the_field()
    {
        var problem = (await api.Anonymous.PostAsync("/api/auth/login", new { email = "a", password = "b", isAdmin = true })).Problem(400, "request.malformed");

        Assert.True(problem.GetProperty("errors").TryGetProperty("isAdmin", out _));
    }

    [Fact]
    public async Task A_charset_that_is_none_is_no_media_type_of_ours()
    {
        var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json;charset=x");

        (await api.Anonymous.PostAsync("/api/auth/login", content)).Problem(415, "request.unsupported_media_type");
    }

    [Theory]
    [InlineData("/api/auth/me", 401)]
    [InlineData("/api/nothing", 404)]
    [InlineData("/api/queue?limit=x", 401)]
    [InlineData("/healthz", 200)]
    public async Task Every_answer_carries_the_security_headers(string path, int status)
    {
        var answer = await api.Anonymous.GetAsync(path);

        Assert.True(answer.Status == status || answer.Status == 400, answer.Text);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public async Task Half_a_request_and_none_at_all_end_without_a_trace_of_harm()
    {
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(api.Address.Host, api.Address.Port);
            await socket.SendAsync("POST /api/webhooks/twilio HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nMessageSid="u8.ToArray());
        }

        await Task.Delay(200);
        Assert.Equal(200, (await api.Anonymous.GetAsync("/healthz")).Status);
        Assert.DoesNotContain("failed with", api.Logged, StringComparison.Ordinal);
    }
}
