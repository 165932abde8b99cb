using System.ComponentModel.DataAnnotations;
using Chat.Domain.Conversations;
using Chat.Domain.Users;
using Chat.Infrastructure.Security;

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
    public string MasterKey { get; set; } = "";

    /// <summary>The master key's name, stored beside what it wraps.</summary>
    [Required]
    public string MasterKeyId { get; set; } = "";

    /// <summary>A file that holds the master key, in place of the setting.</summary>
    public string? MasterKeyFile { get; set; }

    /// <summary>The key in AWS KMS that is the master key, in place of both; its credentials come from where AWS' programs look for them.</summary>
    public string? KmsKeyId { get; set; }

    /// <summary>The region of KmsKeyId.</summary>
    public string? KmsRegion { get; set; }

    /// <summary>Where KMS is asked; absent: at AWS.</summary>
    public string? KmsBaseUrl { get; set; }

    /// <summary>Earlier master keys by their names, while what they wrapped is wrapped anew.</summary>
    public Dictionary<string, string> PreviousMasterKeys { get; set; } = [];

    /// <summary>How long all instances are given to hear of an affiliate's new key before it seals, in seconds.</summary>
    [Range(1, 3600)]
    public int SettleSeconds { get; set; } = 10;

    /// <summary>How long an affiliate's old key is kept, though nothing is sealed with it any more, in seconds.</summary>
    [Range(1, 7 * 24 * 3600)]
    public int OldKeyGraceSeconds { get; set; } = 300;
}

public sealed class PasswordOptions
{
    public const string Section = "Passwords";

    /// <summary>PBKDF2-HMAC-SHA512 rounds of a new hash; Production refuses fewer than 210,000.</summary>
    [Range(1_000, 10_000_000)]
    public int Iterations { get; set; } = SafeIterations;

    public const int SafeIterations = 210_000;
}

/// <summary>Who has to have a second factor.</summary>
public enum SecondFactorDuty
{
    Nobody,
    Admins,

    /// <summary>Supervisors and admins: who sees more than their own conversations.</summary>
    Leads,
    Everybody,
}

public sealed class SignInOptions
{
    public const string Section = "SignIn";

    internal static readonly GuessBounds MailsPerAccount = new(AtOnce: 3, PerHour: 3);
    internal static readonly GuessBounds MailsPerAddress = new(AtOnce: 10, PerHour: 20);

    /// <summary>Who has to have a second factor. Who has to and has none can sign in only to set it up.</summary>
    public SecondFactorDuty SecondFactor { get; set; }

    /// <summary>How many failed sign-ins at one account are looked at at once, from strangers and from each place that its owner has used.</summary>
    [Range(1, 100)]
    public int FailuresAtOnce { get; set; } = 10;

    /// <summary>How many more in each hour.</summary>
    [Range(1, 1_000)]
    public int FailuresPerHour { get; set; } = 20;

    /// <summary>How many failed sign-ins from one address are looked at at once, whatever the account.</summary>
    [Range(1, 10_000)]
    public int AddressFailuresAtOnce { get; set; } = 50;

    /// <summary>How many more in each hour.</summary>
    [Range(1, 100_000)]
    public int AddressFailuresPerHour { get; set; } = 100;

    /// <summary>Networks or addresses from which admins may come; none: any.</summary>
    public string[] AdminNetworks { get; set; } = [];

    internal GuessBounds PerAccount => new(FailuresAtOnce, FailuresPerHour);

    internal GuessBounds PerAddress => new(AddressFailuresAtOnce, AddressFailuresPerHour);

    public bool Demands(Role role) => SecondFactor switch
    {
        SecondFactorDuty.Everybody => true,
        SecondFactorDuty.Leads => role is Role.Supervisor or Role.Admin,
        SecondFactorDuty.Admins => role is Role.Admin,
        _ => false,
    };
}

/// <summary>What stands between us and our callers.</summary>
public sealed class ProxiesOptions
{
    public const string Section = "Proxies";

    /// <summary>Networks or addresses of the proxies whose X-Forwarded-For is believed; none: the header is not read.</summary>
    public string[] Trusted { get; set; } = [];
}

/// <summary>Web pages of others that may call the API.</summary>
public sealed class CorsOptions
{
    public const string Section = "Cors";

    /// <summary>Their origins, such as https://portal.example.org; none: no page but our own.</summary>
    public string[] Origins { get; set; } = [];
}

/// <summary>How fast the API may be called: so many at once, and so many more in each second. Webhooks are limited only where they prove nothing.</summary>
public sealed class LimitsOptions
{
    public const string Section = "Limits";

    [Range(1, 1_000_000)]
    public int UserBurst { get; set; } = 60;

    [Range(1, 1_000_000)]
    public int UserPerSecond { get; set; } = 10;

    [Range(1, 1_000_000)]
    public int SessionBurst { get; set; } = 60;

    [Range(1, 1_000_000)]
    public int SessionPerSecond { get; set; } = 10;

    [Range(1, 1_000_000)]
    public int AffiliateBurst { get; set; } = 2_000;

    [Range(1, 1_000_000)]
    public int AffiliatePerSecond { get; set; } = 500;

    [Range(1, 1_000_000)]
    public int AddressBurst { get; set; } = 400;

    [Range(1, 1_000_000)]
    public int AddressPerSecond { get; set; } = 50;

    /// <summary>Webhook calls that prove nothing, by address.</summary>
    [Range(1, 1_000_000)]
    public int FailedCallBurst { get; set; } = 60;

    [Range(1, 1_000_000)]
    public int FailedCallsPerSecond { get; set; } = 1;
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

    /// <summary>A folder with a candidate for the rules of triage: composition.json and a file for each language. It is only tried, beside the rules at work.</summary>
    public string? ShadowRules { get; set; }

    internal RiskCredits Credits => new(
        TimeSpan.FromMinutes(LowCreditMinutes), TimeSpan.FromMinutes(ModerateCreditMinutes), TimeSpan.FromMinutes(HighCreditMinutes),
        TimeSpan.FromMinutes(ImminentCreditMinutes));
}
