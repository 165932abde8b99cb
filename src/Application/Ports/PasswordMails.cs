namespace Chat.Application.Ports;

/// <summary>Why somebody is mailed a link that sets a password.</summary>
public enum PasswordMailReason
{
    Forgotten,
    Invited,
}

/// <summary>
/// Mails with links that set a password. They are written and sent apart from whoever asks, so that the time an answer takes does not
/// tell whether there is such an account.
/// </summary>
public interface IPasswordMails
{
    bool CanBeSent { get; }

    /// <summary>Has a link mailed to whoever signs in with this address, once the transaction is through. More than can wait are dropped.</summary>
    void Wish(string email, PasswordMailReason reason);
}
