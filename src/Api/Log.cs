namespace Chat.Api;

/// <summary>Every line this project can log. Routes, types and traces only: never a text, a number or a name.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Error, "{Endpoint} failed with {Fault} (trace {Trace}){Where}")]
    public static partial void RequestFailed(this ILogger logger, string endpoint, string fault, string trace, string where);

    [LoggerMessage(101, LogLevel.Information, "Development secrets are kept in {File}.")]
    public static partial void DevelopmentSecrets(this ILogger logger, string file);

    [LoggerMessage(102, LogLevel.Warning, "The web app is not built; only the API is served.")]
    public static partial void NoWebApp(this ILogger logger);

    [LoggerMessage(103, LogLevel.Warning, "User {User} was refused {Endpoint}: {Code}")]
    public static partial void Refused(this ILogger logger, Guid user, string endpoint, string code);
}
