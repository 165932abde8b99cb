using System.Buffers.Text;
using System.Text;
using Chat.Domain.Users;
using Microsoft.Extensions.Configuration;

namespace Chat.Infrastructure.Startup;

/// <summary>What Production does not start with. Each fault names its setting, and never its value.</summary>
public static class SafeSettings
{
    private static readonly string[] Samples = ["changeme", "change-me", "secret", "password", "example", "sample", "default", "your-", "xxxx", "0123456789"];

    public static IReadOnlyList<string> Faults(IConfiguration settings)
    {
        var faults = new List<string>();
        var jwt = settings["Jwt:Secret"] ?? "";
        Refuse("Jwt__Secret", jwt.Length == 0, "is missing");
        Refuse("Jwt__Secret", jwt.Length > 0 && Encoding.UTF8.GetByteCount(jwt) < 32, "is shorter than 32 bytes");
        Refuse("Jwt__Secret", IsSample(jwt), "is a sample value");

        var (master, file, kms) = (settings["Encryption:MasterKey"] ?? "", settings["Encryption:MasterKeyFile"], settings["Encryption:KmsKeyId"]);
        Refuse("Encryption__MasterKey", master.Length == 0 && string.IsNullOrEmpty(file) && string.IsNullOrEmpty(kms), "is missing");
        RefuseKey("Encryption__MasterKey", master);
        if (!string.IsNullOrEmpty(file))
        {
            Refuse("Encryption__MasterKeyFile", !File.Exists(file), "names a file that is not there");
            RefuseKey("Encryption__MasterKeyFile", File.Exists(file) ? File.ReadAllText(file).Trim() : "");
        }

        Refuse("Encryption__KmsRegion", !string.IsNullOrEmpty(kms) && string.IsNullOrWhiteSpace(settings["Encryption:KmsRegion"]), "is missing");
        foreach (var earlier in settings.GetSection("Encryption:PreviousMasterKeys").GetChildren())
        {
            RefuseKey("Encryption__PreviousMasterKeys__" + earlier.Key, earlier.Value ?? "");
        }

        Refuse("Encryption__MasterKeyId", string.IsNullOrWhiteSpace(settings["Encryption:MasterKeyId"]), "is missing");

        Refuse("ConnectionStrings__Chat", string.IsNullOrWhiteSpace(settings.GetConnectionString("Chat")), "is missing: the embedded database is not for Production");
        Refuse("ConnectionStrings__Keys", string.IsNullOrWhiteSpace(settings.GetConnectionString("Keys")), "is missing: the keys belong in a database of their own");
        Refuse("PublicUrl", !Uri.TryCreate(settings["PublicUrl"], UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps, "is missing or not https");
        Refuse("Demo__Enabled", settings.GetValue<bool>("Demo:Enabled"), "is on");
        Refuse("Testing__Enabled", settings.GetValue<bool>("Testing:Enabled"), "is on");
        Refuse("Passwords__Iterations", settings.GetValue("Passwords:Iterations", PasswordOptions.SafeIterations) < PasswordOptions.SafeIterations, "is too low");
        Refuse(
            "Bootstrap__AdminPassword",
            settings["Bootstrap:AdminPassword"] is { Length: > 0 } password && (IsSample(password) || PasswordStrength.Fault(password, settings["Bootstrap:AdminEmail"]) is not null),
            "is short, common or a sample value");
        Refuse("Smtp__Tls", settings["Smtp:Tls"] is { Length: > 0 } tls && !tls.Equals("starttls", StringComparison.OrdinalIgnoreCase), "is not starttls: mail and the password for it would go in the clear");
        return faults;

        void RefuseKey(string setting, string key)
        {
            Refuse(setting, key.Length > 0 && !IsKey(key), "is not 32 bytes in base64");
            Refuse(setting, IsKey(key) && Convert.FromBase64String(key).Distinct().Count() < 8, "is a sample value");
        }

        void Refuse(string setting, bool when, string why)
        {
            if (when)
            {
                faults.Add($"{setting} {why}.");
            }
        }
    }

    private static bool IsKey(string text) => Base64.IsValid(text, out var length) && length == 32;

    private static bool IsSample(string value) =>
        value.Length > 0 && (value.Distinct().Count() < 8 || Samples.Any(sample => value.StartsWith(sample, StringComparison.OrdinalIgnoreCase)));
}
