using Chat.Application.Configuration;
using Chat.Domain.Common;

namespace Chat.Application.Ports;

/// <summary>The document's own form.</summary>
public interface IConfigurationFormat
{
    /// <summary>Throws a ValidationException for what is no such document, is too deep, or holds what it may not.</summary>
    ConfigurationDocument Read(string text);

    ConfigurationText Write(ConfigurationDocument document);
}

public interface IConfigurationLock
{
    /// <summary>One at a time in an affiliate, until the transaction ends.</summary>
    Task TakeAsync(AffiliateId affiliate, CancellationToken cancellationToken);
}
