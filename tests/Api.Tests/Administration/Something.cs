using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chat.Api.Tests.Administration;

/// <summary>Something valid of each kind that admins manage, another one each time.</summary>
internal static class Something
{
    private static int _next;
    private static Task<TestAffiliate>? _whereNothingIsStored;

    /// <summary>The kinds that belong to an affiliate.</summary>
    public static readonly string[] Kinds = ["programs", "users", "keywords", "channels", "surveys", "emergency-contacts", "canned-responses"];

    public static readonly string[] AllKinds = ["affiliates", .. Kinds];

    /// <summary>The kinds that everybody in the affiliate reads.</summary>
    public static readonly string[] ReadByAll = ["emergency-contacts", "canned-responses"];

    /// <summary>One affiliate for all the tests whose requests are refused.</summary>
    public static Task<TestAffiliate> GivenAffiliateForRefusalsAsync(this ChatApi api) =>
        _whereNothingIsStored ??= api.GivenAffiliateAsync();

    public static JsonObject For(string kind, TestAffiliate affiliate)
    {
        var number = Interlocked.Increment(ref _next);
        return kind switch
        {
            "affiliates" => new() { ["name"] = $"Centre {number}" },
            "programs" => new() { ["affiliateId"] = affiliate.Id, ["name"] = $"Program {number}" },
            "users" => new()
            {
                ["affiliateId"] = affiliate.Id, ["email"] = $"somebody-{number}@admin.test", ["name"] = $"Somebody {number}",
                ["password"] = ChatApi.Password, ["role"] = "responder",
            },
            "keywords" => new() { ["programId"] = affiliate.ProgramId, ["keyword"] = $"WORD{number}" },
            "canned-responses" => new() { ["programId"] = affiliate.ProgramId, ["title"] = $"Words {number}", ["body"] = "Name five things that you can see." },
            "channels" => new()
            {
                ["programId"] = affiliate.ProgramId, ["provider"] = "twilio", ["address"] = NewNumber(),
                ["credentials"] = new JsonObject { ["accountSid"] = $"AC{Guid.NewGuid():N}", ["authToken"] = $"{Guid.NewGuid():N}" },
            },
            // A program has one active survey of each type.
            "surveys" => new()
            {
                ["programId"] = affiliate.ProgramId, ["type"] = "exit", ["title"] = $"Survey {number}", ["status"] = "inactive",
                ["questions"] = new JsonArray(new JsonObject { ["id"] = "helped", ["text"] = "Did it help?", ["kind"] = "yes_no" }),
            },
            "emergency-contacts" => new()
            {
                ["affiliateId"] = affiliate.Id, ["kind"] = "medical", ["name"] = $"Contact {number}", ["area"] = "King County, WA",
                ["phone"] = "+1 206 555 0140 ext. 2", ["email"] = $"contact-{number}@contact.test",
                ["webhookUrl"] = $"https://contact.test/hooks/{number}", ["webhookSecret"] = NewSecret(), ["onCall"] = true,
                ["notes"] = "Ask for the mobile crisis team.",
            },
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    public static string NewNumber() => "+1777" + Interlocked.Increment(ref _next).ToString("0000000", CultureInfo.InvariantCulture);

    public static string NewSecret(int bytes = 32) => "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes));

    /// <summary>What is sent when nothing is to change: a password is not shown, and what made it is not needed again.</summary>
    public static JsonObject Again(JsonObject body)
    {
        var again = body.DeepClone().AsObject();
        again.Remove("password");
        again.Remove("credentials");
        again.Remove("webhookSecret");
        return again;
    }

    public static JsonObject With(this JsonObject body, string member, JsonNode? value)
    {
        var changed = body.DeepClone().AsObject();
        changed[member] = value;
        return changed;
    }

    public static JsonObject Without(this JsonObject body, string member)
    {
        var changed = body.DeepClone().AsObject();
        changed.Remove(member);
        return changed;
    }

    public static string Word(this JsonObject body, string member) => body[member]!.GetValue<string>();

    public static Task<Answer> CreateAsync(this Client by, string kind, JsonObject body, params (string Name, string Value)[] headers) =>
        by.PostAsync($"/api/{kind}", body, headers);

    public static async Task<Made> MakeAsync(this Client by, string kind, JsonObject body)
    {
        var answer = await by.CreateAsync(kind, body);
        return new Made((await answer.ReadAsync(201)).GetProperty("id").GetGuid(), answer.ETag!, answer.Json);
    }

    public static Task<Answer> ChangeAsync(this Client by, string kind, Guid id, JsonObject body, string? version = "*") =>
        by.PutAsync($"/api/{kind}/{id}", body, version is null ? [] : [("If-Match", version)]);

    /// <summary>A refusal of a form, with something to say about this field and no other.</summary>
    public static void RefusesField(this Answer answer, string field)
    {
        var errors = answer.Problem(400, "request.invalid").GetProperty("errors");
        Assert.Equal([field], errors.EnumerateObject().Select(error => error.Name));
        Assert.All(errors.GetProperty(field).EnumerateArray(), message => Assert.False(string.IsNullOrWhiteSpace(message.GetString())));
    }

    public static Guid[] Ids(this JsonElement page) => [.. page.Items().Select(Id)];

    public static JsonElement[] Items(this JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    public static Guid Id(this JsonElement item) => item.GetProperty("id").GetGuid();

    /// <summary>All ids of a list, read page by page, and how many pages it took.</summary>
    public static async Task<(Guid[] Ids, int Pages)> WalkAsync(this Client by, string path, int limit)
    {
        var (ids, pages, cursor) = (new List<Guid>(), 0, (string?)null);
        do
        {
            var (sign, next) = (path.Contains('?', StringComparison.Ordinal) ? '&' : '?', cursor is null ? "" : $"&cursor={cursor}");
            var page = await (await by.GetAsync($"{path}{sign}limit={limit}{next}")).ReadAsync(200);
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 0, limit);
            ids.AddRange(page.Ids());
            pages++;
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        return ([.. ids], pages);
    }
}

internal sealed record Made(Guid Id, string ETag, JsonElement View);
