using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Chat.Api.Tests.Operations;

/// <summary>Every operation of the OpenAPI document is sent what nobody should send. Nothing is a 500, and every refusal has the one shape.</summary>
[Collection(ApiSuite.Name)]
public sealed class HostileInputTests(ChatApi api)
{
    private static readonly string[] Values =
    [
        "%00", "%FF%FE", "%ED%A0%80", "''--", "0", "-1", "99999999999999999999", "1e400", "NaN", "00000000-0000-0000-0000-000000000000", "../../etc/passwd",
        "%E2%80%AE", "2026-13-45", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", new('x', 3000),
    ];

    [Fact]
    public async Task Bodies_that_nobody_should_send()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var callers = new[] { api.Anonymous, affiliate.Admin, (await affiliate.GivenResponderAsync()).Client, (await affiliate.GivenUserAsync("supervisor")).Client, api.Platform };
        var wrong = new List<string>();

        foreach (var (method, path, schema) in (await OperationsAsync()).Where(operation => operation.Body is not null))
        {
            foreach (var (what, bytes) in Bodies(schema!.Value))
            {
                foreach (var caller in callers)
                {
                    // A session that a call could end, and an account that it could change, are made anew for it.
                    if (EndsSomething(path) && caller != callers[0])
                    {
                        continue;
                    }

                    using var content = new ByteArrayContent(bytes);
                    content.Headers.ContentType = new("application/json");
                    Judge(await caller.SendAsync(method, Filled(path, Guid.NewGuid().ToString()), content), $"{method} {path}: {what}", wrong);
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(200, (await affiliate.Admin.GetAsync("/api/auth/me")).Status);
    }

    [Fact]
    public async Task Addresses_that_nobody_should_ask_for()
    {
        var affiliate = await api.GivenAffiliateAsync();
        var (responder, _) = await affiliate.GivenResponderAsync();
        var wrong = new List<string>();

        foreach (var (method, path, _) in (await OperationsAsync()).Where(operation => !EndsSomething(operation.Path) && !operation.Path.EndsWith("/stream", StringComparison.Ordinal)))
        {
            foreach (var value in Values)
            {
                var query = method == HttpMethod.Get ? "?" + string.Join('&', Names(path).Select(name => $"{name}={value}")) : "";
                foreach (var caller in new[] { affiliate.Admin, responder })
                {
                    Judge(
                        await caller.SendAsync(method, Filled(path, Path(value)) + query, method == HttpMethod.Get || method == HttpMethod.Delete ? null : new { }, ("If-Match", "\"x\"")),
                        $"{method} {path}: {value[..Math.Min(20, value.Length)]}", wrong);
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_token_of_any_length_is_no_token()
    {
        foreach (var length in new[] { 3_000, 20_000, 300 * 1024 })
        {
            var answer = await api.Anonymous.SendAsync(HttpMethod.Get, "/api/auth/me", null, ("Authorization", "Bearer " + new string('a', length)));
            answer.Problem(401, "auth.required");
        }
    }

    private static void Judge(Answer answer, string what, List<string> wrong)
    {
        // What is no address at all never gets as far as us: the server itself refuses it, without a word.
        var isNoAddress = answer is { Status: 400, Text: "" };
        var isProblem = answer.Status < 400 || isNoAddress || answer.ContentHeaders.ContentType?.MediaType == "application/problem+json";
        if (answer.Status >= 500 || !isProblem)
        {
            wrong.Add($"{what}: {answer.Status} {answer.Text[..Math.Min(200, answer.Text.Length)]}");
        }
    }

    private static bool EndsSomething(string path) =>
        path is "/api/auth/logout" || path.StartsWith("/api/testing", StringComparison.Ordinal) || path.StartsWith("/api/demo", StringComparison.Ordinal);

    /// <summary>A body that is well-formed but for one thing, with the operation's own members, and several that are not JSON at all.</summary>
    private static IEnumerable<(string What, byte[] Bytes)> Bodies(JsonElement schema)
    {
        var members = schema.TryGetProperty("properties", out var found) ? found.EnumerateObject().Select(member => member.Name).ToList() : [];
        yield return ("nothing", []);
        yield return ("no JSON", "{"u8.ToArray());
        yield return ("null", "null"u8.ToArray());
        yield return ("a list", "[]"u8.ToArray());
        yield return ("a number", "1e400"u8.ToArray());
        yield return ("bad UTF-8", [0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
        yield return ("deep", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 3000)) + "1" + new string('}', 3000)));
        yield return ("an open end", Encoding.UTF8.GetBytes(new string('[', 50_000)));
        yield return ("huge", Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('x', 300 * 1024)}\"}}"));
        foreach (var (what, value) in new[]
        {
            ("NUL", "\"\\u0000\""), ("half a surrogate", "\"\\ud800\""), ("empty", "\"\""), ("null", "null"), ("a large number", "1e308"), ("a long whole number", new string('9', 40)),
            ("a list of lists", "[[[[]]]]"), ("an object", "{\"\":{}}"), ("a long text", $"\"{new string('x', 100_000)}\""), ("an id", "\"00000000-0000-0000-0000-000000000000\""),
            ("a deep list", new string('[', 31) + new string(']', 31)), ("NUL within", "[\"a\\u0000b\"]"), ("NUL as a name", "{\"\\u0000\":1}"),
        })
        {
            yield return (what, Encoding.UTF8.GetBytes("{" + string.Join(',', members.Select(member => $"\"{member}\":{value}")) + "}"));
        }

        foreach (var member in members.Take(1))
        {
            yield return ("doubled", Encoding.UTF8.GetBytes($"{{\"{member}\":null,\"{member}\":null}}"));
        }
    }

    private static string Filled(string path, string value) =>
        string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? value : part));

    // What a client may not write into an address is left out: it would not get as far as us.
    private static string Path(string value) => value.Replace("../", "..%2F", StringComparison.Ordinal);

    private static IEnumerable<string> Names(string path) =>
        ["limit", "cursor", "from", "to", "programId", "affiliateId", "state", "status", "q", "afterSequence", .. path.Contains("texter", StringComparison.Ordinal) ? ["texterId"] : Array.Empty<string>()];

    private async Task<List<(HttpMethod Method, string Path, JsonElement? Body)>> OperationsAsync()
    {
        var document = await (await api.Anonymous.GetAsync("/swagger/v1/swagger.json")).ReadAsync(200);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var operations = new List<(HttpMethod, string, JsonElement?)>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                JsonElement? body = operation.Value.TryGetProperty("requestBody", out var described)
                    && described.GetProperty("content").TryGetProperty("application/json", out var json)
                    ? Resolved(json.GetProperty("schema"), schemas)
                    : null;
                operations.Add((new HttpMethod(operation.Name.ToUpper(CultureInfo.InvariantCulture)), path.Name, body));
            }
        }

        Assert.InRange(operations.Count, 80, 1000);
        return operations;
    }

    private static JsonElement Resolved(JsonElement schema, JsonElement schemas)
    {
        var one = schema.TryGetProperty("oneOf", out var choices) ? choices[0] : schema.TryGetProperty("allOf", out var parts) ? parts[0] : schema;
        return one.TryGetProperty("$ref", out var reference) ? schemas.GetProperty(reference.GetString()!.Split('/')[^1]) : one;
    }
}
