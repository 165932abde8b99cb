namespace Chat.Api.Hosting;

/// <summary>
/// Where nothing says which environment this is, a build that runs inside a checkout is somebody's development, and everything else is
/// Production. (A launch profile would say it too, but would also overrule who says otherwise.)
/// </summary>
internal static class Checkout
{
    public static WebApplicationOptions Options(string[] args) => new()
    {
        Args = args,
        EnvironmentName = IsSaid(args) || Root(AppContext.BaseDirectory) is null ? null : Environments.Development,
    };

    /// <summary>The folder of the checkout that holds this one; null outside of any.</summary>
    public static string? Root(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Chat.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    private static bool IsSaid(string[] args) =>
        Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") is { Length: > 0 } || Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is { Length: > 0 }
        || Array.Exists(args, arg => arg.Contains("environment", StringComparison.OrdinalIgnoreCase));
}
