using System.Security.Cryptography;
using System.Text.Json;

namespace Chat.Api.Hosting;

/// <summary>
/// Outside Production, secrets that are not set are made once and kept in .data/secrets.json, readable by their owner only: data that
/// was sealed yesterday opens today.
/// </summary>
internal static class DevelopmentSecrets
{
    private static readonly string[] Needed = ["Jwt__Secret", "Encryption__MasterKey", "Encryption__MasterKeyId"];

    /// <returns>The file, where it was needed.</returns>
    public static string? Fill(ConfigurationManager settings)
    {
        var needed = Needed.Where(name => name != "Encryption__MasterKey" || !KeepsItsKeyElsewhere(settings)).ToList();
        if (needed.All(name => !string.IsNullOrEmpty(settings[name.Replace("__", ":", StringComparison.Ordinal)])))
        {
            return null;
        }

        var file = Path.Combine(Checkout.Root(Directory.GetCurrentDirectory()) ?? Directory.GetCurrentDirectory(), ".data", "secrets.json");
        var secrets = File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))! : [];
        secrets.TryAdd("Jwt__Secret", Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));
        secrets.TryAdd("Encryption__MasterKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        secrets.TryAdd("Encryption__MasterKeyId", "local-1");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(file, options))
        {
            JsonSerializer.Serialize(stream, secrets);
        }

        settings.AddInMemoryCollection(
            needed.Where(name => string.IsNullOrEmpty(settings[name.Replace("__", ":", StringComparison.Ordinal)]))
                .Select(name => KeyValuePair.Create(name.Replace("__", ":", StringComparison.Ordinal), (string?)secrets[name])));
        return file;
    }

    private static bool KeepsItsKeyElsewhere(ConfigurationManager settings) =>
        !string.IsNullOrEmpty(settings["Encryption:MasterKeyFile"]) || !string.IsNullOrEmpty(settings["Encryption:KmsKeyId"]);
}
