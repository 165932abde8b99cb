namespace Chat.Application.Configuration;

/// <summary>What a document changes, or would change.</summary>
/// <param name="DryRun">Nothing was changed: it was only tried.</param>
public sealed record ConfigurationReport(
    bool DryRun, ConfigurationChanges Programs, ConfigurationChanges Keywords, ConfigurationChanges Surveys, ConfigurationChanges CannedResponses);

/// <summary>What happens to one kind, each by where it stands: program, then its own name.</summary>
/// <param name="Created">In the document only.</param>
/// <param name="Changed">Other than in the document.</param>
/// <param name="Removed">Not in the document, and taken away with prune.</param>
/// <param name="Kept">Not in the document, and left alone without prune.</param>
/// <param name="Unchanged">As in the document.</param>
public sealed record ConfigurationChanges(
    IReadOnlyList<string> Created, IReadOnlyList<string> Changed, IReadOnlyList<string> Removed, IReadOnlyList<string> Kept,
    IReadOnlyList<string> Unchanged);

/// <summary>The document as it is handed out, and the tag by which a change says that it had read this one.</summary>
public sealed record ConfigurationText(string Yaml, string Tag);

/// <summary>What was done, and the tag of the document that now holds.</summary>
public sealed record ConfigurationApplied(ConfigurationReport Report, string Tag);
