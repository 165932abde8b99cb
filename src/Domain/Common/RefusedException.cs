namespace Chat.Domain.Common;

/// <summary>The domain says no. The code is part of the public contract; the message is for people and may change.</summary>
public class RefusedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>Further members of the problem document, such as the state that forbade the act.</summary>
    public virtual IReadOnlyDictionary<string, string> Facts { get; } = new Dictionary<string, string>();
}
