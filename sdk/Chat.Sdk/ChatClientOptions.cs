namespace Chat.Sdk;

/// <summary>Where Chat is, and who calls it: a program with an API key, or a person with mail address and password.</summary>
public sealed class ChatClientOptions
{
    /// <summary>The origin of the installation, such as https://chat.example.</summary>
    public Uri? Address { get; set; }

    /// <summary>A partner's key (chat_…). Where there is one, nobody is signed in.</summary>
    public string? ApiKey { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }

    /// <summary>Asked for a code of the second factor, when the account has one.</summary>
    public Func<CancellationToken, Task<string>>? SecondFactor { get; set; }

    /// <summary>How often a request is sent again that may be: reading, and what carries an Idempotency-Key.</summary>
    public int MostRetries { get; set; } = 3;

    /// <summary>A longer Retry-After than this is left to the caller.</summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(30);

    internal void Check()
    {
        if (Address is not { IsAbsoluteUri: true })
        {
            throw new ArgumentException("Say where Chat is: Address, such as https://chat.example.");
        }

        if ((Email is null) != (Password is null))
        {
            throw new ArgumentException("Email and Password belong together.");
        }
    }
}
