using System.ComponentModel.DataAnnotations;
using Chat.Application.Ports;

namespace Chat.Infrastructure;

// The settings, a record for each section of the configuration. docs/configuration.md lists them, and a test holds the two together.

/// <summary>Where the data is. Without a connection string, and outside Production, an embedded PostgreSQL is started.</summary>
public sealed class ConnectionStringsOptions
{
    public const string Section = "ConnectionStrings";

    /// <summary>The database as the application's role.</summary>
    public string? Chat { get; set; }

    /// <summary>The database as its owner, who migrates it; absent: the application's role owns it and migrates.</summary>
    public string? ChatMigrations { get; set; }

    /// <summary>The key store; absent: a schema of its own in the same database.</summary>
    public string? Keys { get; set; }
}

public sealed class JwtOptions
{
    public const string Section = "Jwt";

    /// <summary>The key that signs access tokens, at least 32 bytes of text.</summary>
    [Required, MinLength(32)]
    public string Secret { get; set; } = "";

    /// <summary>How long an access token is good for, in minutes, at most 15.</summary>
    [Range(1, 15)]
    public int AccessMinutes { get; set; } = 10;

    /// <summary>How long a session can be carried on without being used, in hours.</summary>
    [Range(1, 24 * 30)]
    public int RefreshHours { get; set; } = 14;
}

public sealed class EncryptionOptions
{
    public const string Section = "Encryption";

    /// <summary>The master key: 32 random bytes in base64. It wraps the affiliates' keys and is never stored.</summary>
    [Required]
    public string MasterKey { get; set; } = "";

    /// <summary>The master key's name, stored beside what it wraps.</summary>
    [Required]
    public string MasterKeyId { get; set; } = "";
}

public sealed class PasswordOptions
{
    public const string Section = "Passwords";

    /// <summary>PBKDF2-HMAC-SHA512 rounds of a new hash; Production refuses fewer than 210,000.</summary>
    [Range(1_000, 10_000_000)]
    public int Iterations { get; set; } = SafeIterations;

    public const int SafeIterations = 210_000;
}

public sealed class RabbitMqOptions
{
    public const string Section = "RabbitMq";

    /// <summary>The broker, as an amqp address; absent: events are delivered in process.</summary>
    public string? Uri { get; set; }
}

public sealed class BootstrapOptions
{
    public const string Section = "Bootstrap";

    /// <summary>The first platform admin's address; used when there is no platform admin.</summary>
    public string? AdminEmail { get; set; }

    public string? AdminPassword { get; set; }
}

public sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>Demo data, demo log-ins and the phone simulator. Impossible in Production.</summary>
    public bool Enabled { get; set; }
}

/// <summary>How the link to the mail server is kept from being read.</summary>
public enum MailTls
{
    /// <summary>STARTTLS before anything else is said; a server that does not offer it gets nothing.</summary>
    StartTls,

    /// <summary>Not at all. Impossible in Production.</summary>
    None,
}

public sealed class SmtpOptions
{
    public const string Section = "Smtp";

    /// <summary>The mail server; absent: no mail is sent.</summary>
    public string? Host { get; set; }

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>Whom we sign in as; absent: nobody.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>Whom mail is from, as an address or as <c>name &lt;address&gt;</c>.</summary>
    public string? From { get; set; }

    public MailTls Tls { get; set; }

    /// <summary>How long one mail may take to be handed over.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>Calls to addresses that customers typed in.</summary>
public sealed class OutsideOptions
{
    public const string Section = "Outside";

    /// <summary>Exact host names or addresses that may be in a private network and may be called without TLS.</summary>
    public string[] AllowedPrivateHosts { get; set; } = [];

    /// <summary>How long one call may take, from the look-up to the answer's headers.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}

public sealed class DeskOptions
{
    public const string Section = "Desk";

    /// <summary>How long a responder's connection may be gone before what they had taken goes back to the queue, in seconds.</summary>
    [Range(10, 24 * 3600)]
    public int LeaseSeconds { get; set; } = 180;
}

public sealed class TestingOptions
{
    public const string Section = "Testing";

    /// <summary>Opens POST /api/testing/clock, which moves everything that waits. Impossible in Production.</summary>
    public bool Enabled { get; set; }
}

public sealed class TriageOptions
{
    public const string Section = "Triage";

    /// <summary>By how many minutes each level of risk brings somebody forward in the queue.</summary>
    [Range(0, 10_080)]
    public int LowCreditMinutes { get; set; } = 5;

    [Range(0, 10_080)]
    public int ModerateCreditMinutes { get; set; } = 30;

    [Range(0, 10_080)]
    public int HighCreditMinutes { get; set; } = 240;

    [Range(0, 10_080)]
    public int ImminentCreditMinutes { get; set; } = 1_440;

    internal RiskCredits Credits => new(
        TimeSpan.FromMinutes(LowCreditMinutes), TimeSpan.FromMinutes(ModerateCreditMinutes), TimeSpan.FromMinutes(HighCreditMinutes),
        TimeSpan.FromMinutes(ImminentCreditMinutes));
}
