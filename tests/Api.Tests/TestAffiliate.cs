using System.Globalization;

namespace Chat.Api.Tests;

/// <summary>One test's own affiliate.</summary>
public sealed class TestAffiliate
{
    private static int _next;
    private readonly Uri _address;
    private readonly int _number = Interlocked.Increment(ref _next);
    private int _users;
    private int _texters;

    private TestAffiliate(Uri address) => _address = address;

    public Guid Id { get; private set; }

    public Guid ProgramId { get; private set; }

    public Guid ChannelId { get; private set; }

    public Client Admin { get; private set; } = null!;

    public string Number => "+1555" + _number.ToString("0000000", CultureInfo.InvariantCulture);

    public string AccountSid => "AC" + _number.ToString("x32", CultureInfo.InvariantCulture);

    public string AuthToken => $"token-of-{_number}";

    /// <summary>A new affiliate, whose callers call the instance at <paramref name="at"/>.</summary>
    public static async Task<TestAffiliate> CreateAsync(ChatApi api, Uri? at = null)
    {
        var affiliate = new TestAffiliate(at ?? api.Address);
        var platform = at is null ? api.Platform : await ChatApi.SignInAsync(at, ChatApi.AdminEmail, ChatApi.Password);
        var made = await (await platform.PostAsync(
            "/api/affiliates", new { name = $"Affiliate {affiliate._number}", timeZone = "America/Chicago", dataRetentionDays = 365 })).ReadAsync(201);
        affiliate.Id = made.GetProperty("id").GetGuid();
        (affiliate.Admin, _) = await affiliate.GivenUserAsync("admin", by: platform);
        affiliate.ProgramId = await affiliate.GivenProgramAsync("Main line");
        var channel = await (await affiliate.Admin.PostAsync("/api/channels", new
        {
            programId = affiliate.ProgramId, provider = "twilio", address = affiliate.Number,
            credentials = new { accountSid = affiliate.AccountSid, authToken = affiliate.AuthToken },
        })).ReadAsync(201);
        affiliate.ChannelId = channel.GetProperty("id").GetGuid();
        api.Twilio.AddAccount(affiliate.AccountSid, affiliate.AuthToken);
        return affiliate;
    }

    public async Task<Guid> GivenProgramAsync(string name) =>
        (await (await Admin.PostAsync("/api/programs", new { affiliateId = Id, name })).ReadAsync(201)).GetProperty("id").GetGuid();

    /// <summary>Sets a program up: the main one, unless another is named.</summary>
    public async Task GivenSettingsAsync(object settings, Guid? program = null)
    {
        var path = $"/api/programs/{program ?? ProgramId}";
        var found = await Admin.GetAsync(path);
        var name = (await found.ReadAsync(200)).GetProperty("name").GetString();
        await (await Admin.PutAsync(path, new { affiliateId = Id, name, settings }, ("If-Match", found.ETag!))).ReadAsync(200);
    }

    public async Task<Guid> GivenKeywordAsync(string keyword, string action = "start", string? response = null, Guid? program = null, string? subProgram = null) =>
        (await (await Admin.PostAsync("/api/keywords", new { programId = program ?? ProgramId, keyword, action, response, subProgram })).ReadAsync(201))
        .GetProperty("id").GetGuid();

    public async Task<(Client Client, Guid Id)> GivenUserAsync(string role, int maxConcurrent = 3, Guid[]? programs = null, Client? by = null)
    {
        var email = $"{role}-{Interlocked.Increment(ref _users)}@affiliate-{_number}.test";
        var user = await (await (by ?? Admin).PostAsync("/api/users", new
        {
            email, name = $"{role} {_users}", password = ChatApi.Password, role, affiliateId = Id, programIds = programs ?? (ProgramId == default ? [] : [ProgramId]), maxConcurrent,
        })).ReadAsync(201);
        return (await ChatApi.SignInAsync(_address, email, ChatApi.Password), user.GetProperty("id").GetGuid());
    }

    public Task<(Client Client, Guid Id)> GivenResponderAsync(int maxConcurrent = 3, params Guid[] programs) =>
        GivenUserAsync("responder", maxConcurrent, programs.Length == 0 ? null : programs);

    /// <summary>A number that nobody has texted from.</summary>
    public string NewTexter() => "+1666" + _number.ToString("000", CultureInfo.InvariantCulture)[^3..] + Interlocked.Increment(ref _texters).ToString("0000", CultureInfo.InvariantCulture);

    public static string NewSid() => "SM" + Guid.NewGuid().ToString("N");

    /// <summary>A text, as Twilio would call with it.</summary>
    public Task<Answer> TextAsync(string from, string body, string? sid = null, Uri? to = null, params (string Name, string Value)[] more)
    {
        var form = new List<KeyValuePair<string, string>>
        {
            new("MessageSid", sid ?? NewSid()), new("AccountSid", AccountSid), new("From", from), new("To", Number), new("Body", body), new("NumMedia", "0"),
        };
        foreach (var (name, value) in more)
        {
            form.RemoveAll(pair => pair.Key == name);
            form.Add(new(name, value));
        }

        return CallAsync("/api/webhooks/twilio", form, to: to);
    }

    public Task<Answer> StatusAsync(string sid, string status, string? errorCode = null)
    {
        var form = new List<KeyValuePair<string, string>>
        {
            new("MessageSid", sid), new("MessageStatus", status), new("AccountSid", AccountSid), new("From", Number), new("To", "+16660000000"),
        };
        if (errorCode is not null)
        {
            form.Add(new("ErrorCode", errorCode));
        }

        return CallAsync("/api/webhooks/twilio/status", form);
    }

    public Task<Answer> CallAsync(string path, IReadOnlyCollection<KeyValuePair<string, string>> form, string? token = null, Uri? to = null) =>
        new Client(to ?? _address).PostAsync(
            path, new FormUrlEncodedContent(form), ("X-Twilio-Signature", FakeTwilio.Sign(token ?? AuthToken, ChatApi.PublicUrl + path, form)));

    /// <summary>A texter who waits: their number and their conversation.</summary>
    public async Task<(string Texter, Guid Conversation)> GivenWaitingAsync(string body = "hi, is somebody there?")
    {
        var texter = NewTexter();
        Assert.Equal(200, (await TextAsync(texter, body)).Status);
        var newest = (await (await Admin.GetAsync("/api/conversations?limit=1")).ReadAsync(200)).GetProperty("items")[0];
        return (texter, newest.GetProperty("id").GetGuid());
    }
}

/// <summary>Waits for what happens in its own time, and fails when it does not.</summary>
public static class Eventually
{
    public static async Task<T> Get<T>(Func<Task<T?>> look, string what, int seconds = 20)
        where T : class
    {
        for (var end = DateTime.UtcNow.AddSeconds(seconds); DateTime.UtcNow < end; await Task.Delay(50))
        {
            if (await look() is { } found)
            {
                return found;
            }
        }

        throw new Xunit.Sdk.XunitException($"In {seconds} seconds it did not happen: {what}");
    }

    public static Task Is(Func<Task<bool>> look, string what, int seconds = 20) => Get<object>(async () => await look() ? new object() : null, what, seconds);
}
