using System.Security.Cryptography;

namespace Chat.Application.Webhooks;

/// <summary>What calls are signed with: 256 random bits, written as Standard Webhooks has it.</summary>
public static class WebhookSecret
{
    public static string New() => "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
