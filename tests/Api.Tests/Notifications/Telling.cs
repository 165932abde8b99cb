using System.Text.Json;

namespace Chat.Api.Tests.Notifications;

/// <summary>What the tests of notifications begin with.</summary>
internal static class Telling
{
    /// <summary>Somebody on call; what they are reached by is unlike anything else in the test.</summary>
    public static async Task<Guid> GivenOnCallAsync(this TestAffiliate affiliate, string? email = null, Uri? webhook = null, string? secret = null) =>
        (await (await affiliate.Admin.PostAsync("/api/emergency-contacts", new
        {
            kind = "any", name = "Night desk", email, webhookUrl = webhook?.AbsoluteUri, webhookSecret = secret, onCall = true,
        })).ReadAsync(201)).GetProperty("id").GetGuid();

    /// <summary>A conversation that its responder has begun.</summary>
    public static async Task<Guid> GivenBegunAsync(this TestAffiliate affiliate, Client responder, string said = "hi, is somebody there?")
    {
        var (_, conversation) = await affiliate.GivenWaitingAsync(said);
        await (await responder.PostAsync($"/api/conversations/{conversation}/claim")).ReadAsync(200);
        await (await responder.PostAsync($"/api/conversations/{conversation}/start")).ReadAsync(200);
        return conversation;
    }

    public static async Task<JsonElement> EscalateAsync(this Client responder, Guid conversation)
    {
        var escalated = await responder.PostAsync(
            $"/api/conversations/{conversation}/escalate",
            new { type = "medical", urgency = "high", location = "14 Hidden Street", locationSource = "texter_said", reason = "took forty pills" });
        return await escalated.ReadAsync(200);
    }

    public static async Task<JsonElement> EscalationOfAsync(this Client client, Guid conversation) =>
        (await (await client.GetAsync($"/api/escalations?conversationId={conversation}")).ReadAsync(200)).GetProperty("items")[0];

    /// <summary>What was sent to contacts, each with its status and code.</summary>
    public static async Task<IReadOnlyList<string>> SentAsync(this Client client, Guid escalation) =>
    [
        .. (await (await client.GetAsync($"/api/escalations/{escalation}")).ReadAsync(200)).GetProperty("sent").EnumerateArray()
            .Select(sent => $"{sent.GetProperty("via")} {sent.GetProperty("contact")} {sent.GetProperty("status")} {sent.GetProperty("code")}".TrimEnd()),
    ];

    public static async Task<IReadOnlyList<JsonElement>> ToldAsync(this Client client, string query = "") =>
        [.. (await (await client.GetAsync("/api/notifications" + query)).ReadAsync(200)).GetProperty("items").EnumerateArray()];

    public static async Task<IReadOnlyList<string>> KindsToldAsync(this Client client) =>
        [.. (await client.ToldAsync()).Select(told => told.GetProperty("kind").GetString()!)];

    public static async Task WantsAsync(this Client client, string[] byEmail, string[]? byText = null, string? phone = null) =>
        await (await client.PutAsync("/api/notification-settings", new { phone, byEmail, byText = byText ?? [] })).ReadAsync(200);

    public static async Task<string> EmailAsync(this Client client) =>
        (await (await client.GetAsync("/api/auth/me")).ReadAsync(200)).GetProperty("email").GetString()!;
}
