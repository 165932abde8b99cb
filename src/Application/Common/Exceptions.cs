namespace Chat.Application.Common;

/// <summary>Nobody is signed in, or not any more.</summary>
public sealed class UnauthenticatedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

/// <summary>The caller may not do this, whatever the state of things.</summary>
public sealed class ForbiddenException(string code = "caller.forbidden", string message = "Your role does not allow this.") : Exception(message)
{
    public string Code { get; } = code;
}

/// <summary>Not there, or not yours: the same answer, so that nobody learns what exists elsewhere.</summary>
public sealed class NotFoundException(string what) : Exception($"{what} was not found.");

/// <summary>The caller's copy is older than what is stored.</summary>
public sealed class StaleException() : Exception("It has been changed since you read it. Read it again, and repeat your change.");

/// <summary>A change needs the version that it was made from.</summary>
public sealed class VersionMissingException() : Exception("Send the ETag of your copy as If-Match.");

/// <summary>An Idempotency-Key that was used for something else.</summary>
public sealed class KeyReusedException() : Exception("This Idempotency-Key was used with another request.");

/// <summary>Too much at once; trying again after a while will do.</summary>
public sealed class BusyException(string code, string message, int retryAfterSeconds) : Exception(message)
{
    public string Code { get; } = code;

    public int RetryAfterSeconds { get; } = retryAfterSeconds;
}

/// <summary>A sealed value that does not open: damaged, moved, sealed by another key, or its key is gone.</summary>
public sealed class UnreadableException(string why) : Exception(why);
