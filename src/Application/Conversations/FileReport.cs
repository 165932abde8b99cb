using System.Text.Json;
using Chat.Application.Common;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Programs;
using FluentValidation;
using MediatR;

namespace Chat.Application.Conversations;

/// <summary>The responder files, or corrects, what is to be kept of a conversation: how it ended, what was agreed, what comes next.</summary>
[Requires(Permission.HoldConversations)]
public sealed record FileReport(Guid ConversationId, ReportDraft Report) : ICommand<ReportView>;

/// <param name="Outcome">One of the program's outcomes, where it has any.</param>
/// <param name="Tags">What the conversation was about; absent: as they are.</param>
/// <param name="Fields">Answers to the program's own fields, by the fields' ids; `yes` and `no` where a field asks yes or no.</param>
public sealed record ReportDraft(
    string? Outcome, IReadOnlyList<string>? Tags, string? Note, string? NextStep, IReadOnlyDictionary<string, string>? Fields);

/// <param name="Missing">What the program requires and is not there yet: `outcome`, `tags`, `note`, `nextStep`, or a field's id.</param>
/// <param name="Form">What the program asks at the end.</param>
public sealed record ReportView(
    string? Outcome, string? Note, string? NextStep, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<string> Missing, ReportForm Form,
    Guid? FiledBy, DateTimeOffset? FiledAt);

/// <param name="Mandatory">Whether a conversation is closed only from wrap-up.</param>
/// <param name="Outcomes">The outcomes to choose from; none: the responder says it in their own words.</param>
/// <param name="Required">Of `outcome`, `note`, `nextStep` and `tags`, what has to be there.</param>
/// <param name="Fields">The program's own questions.</param>
public sealed record ReportForm(bool Mandatory, IReadOnlyList<string> Outcomes, IReadOnlyList<string> Required, IReadOnlyList<ReportField> Fields);

/// <param name="Label">What the responder reads.</param>
/// <param name="Kind">text, choice or yes_no.</param>
/// <param name="Options">What can be chosen, for a choice.</param>
public sealed record ReportField(string Id, string Label, string Kind, IReadOnlyList<string> Options, bool Required);

internal abstract class ReportDraftValidator<T> : AbstractValidator<T>
{
    protected ReportDraftValidator(Func<T, ReportDraft?> report)
    {
        RuleFor(command => report(command)!.Outcome).MustBeALine(100).OverridePropertyName("outcome").When(Given);
        RuleFor(command => report(command)!.Note).MustBeAText(16_000).OverridePropertyName("note").When(Given);
        RuleFor(command => report(command)!.NextStep).MustBeAText(2_000).OverridePropertyName("nextStep").When(Given);
        RuleFor(command => report(command)!.Tags).Must(tags => tags is null || tags.Count <= SetTagsValidator.Most).WithMessage("At most 30 tags.")
            .OverridePropertyName("tags").When(Given);
        RuleForEach(command => report(command)!.Tags).NotEmpty().MaximumLength(SetTagsValidator.Longest).OverridePropertyName("tags").When(Given);
        RuleFor(command => report(command)!.Fields)
            .Must(fields => fields is null || (fields.Count <= 100 && fields.All(field => field.Key.Length <= 100 && field.Value is { Length: <= 4_000 })))
            .WithMessage("At most 100 fields of at most 4,000 characters.").OverridePropertyName("fields").When(Given);

        bool Given(T command) => report(command) is not null;
    }
}

internal sealed class FileReportValidator : ReportDraftValidator<FileReport>
{
    public FileReportValidator()
        : base(command => command.Report)
    {
    }
}

internal sealed class FileReportHandler(IConversationRepository conversations, ReportFiling filing, ICaller caller) : IRequestHandler<FileReport, ReportView>
{
    public async Task<ReportView> Handle(FileReport command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        conversation.RequireHeldBy(caller.UserId);
        await filing.FileAsync(conversation, command.Report, cancellationToken);
        await conversations.SaveAsync(conversation, cancellationToken);
        return await filing.ShowAsync(conversation.Id, conversation.ProgramId, conversation.Tags, cancellationToken);
    }
}

/// <summary>Keeps reports as the conversation's program wants them.</summary>
internal sealed class ReportFiling(IReports reports, IProgramFacts programs, ICaller caller, TimeProvider clock)
{
    public async Task FileAsync(Conversation conversation, ReportDraft draft, CancellationToken cancellationToken)
    {
        var rules = (await programs.GetAsync(conversation.ProgramId, cancellationToken)).Settings.WrapUp;
        RequireKnown(rules, draft);
        var (now, before) = (clock.GetUtcNow(), await reports.FindAsync(conversation.Id, cancellationToken));
        if (draft.Tags is { } tags)
        {
            conversation.SetTags(tags, now);
        }

        // What a draft leaves out stays as it was filed.
        var fields = new Dictionary<string, string>(before?.Fields ?? new Dictionary<string, string>());
        foreach (var (id, answer) in draft.Fields ?? new Dictionary<string, string>())
        {
            fields[id] = answer;
        }

        await reports.SaveAsync(
            new Report(
                conversation.Id, draft.Outcome.Trimmed() ?? before?.Outcome, draft.Note.Trimmed() ?? before?.Note,
                draft.NextStep.Trimmed() ?? before?.NextStep, fields, caller.UserId, now, (before?.Version ?? 0) + 1),
            cancellationToken);
    }

    /// <summary>A program that requires something at the end gets it, or the conversation does not end.</summary>
    /// <param name="endedIn">The state that it ends from.</param>
    public async Task RequireCompleteAsync(Conversation conversation, ConversationState endedIn, CancellationToken cancellationToken)
    {
        var rules = (await programs.GetAsync(conversation.ProgramId, cancellationToken)).Settings.WrapUp;
        if (endedIn == ConversationState.Active)
        {
            if (rules.Mandatory)
            {
                throw new RefusedException("conversation.wrap_up_required", "This program wants every conversation wrapped up before it is closed.");
            }

            return;
        }

        var missing = Missing(rules, await reports.FindAsync(conversation.Id, cancellationToken), conversation.Tags);
        if (missing.Count > 0)
        {
            throw new ReportIncompleteException(missing);
        }
    }

    public async Task<ReportView> ShowAsync(ConversationId conversation, ProgramId program, string[] tags, CancellationToken cancellationToken)
    {
        var report = await reports.FindAsync(conversation, cancellationToken);
        var rules = (await programs.GetAsync(program, cancellationToken)).Settings.WrapUp;
        return new ReportView(
            report?.Outcome, report?.Note, report?.NextStep, report?.Fields ?? new Dictionary<string, string>(), Missing(rules, report, tags), FormOf(rules),
            report?.FiledBy.Value, report?.FiledAt);
    }

    private static ReportForm FormOf(WrapUpSettings rules) => new(
        rules.Mandatory, rules.Outcomes, [.. rules.Required.Select(NameOf)],
        [.. rules.Fields.Select(field => new ReportField(field.Id, field.Label, field.Kind.Name(), field.Options, field.Required))]);

    private static string NameOf(WrapUpPart part) => JsonNamingPolicy.CamelCase.ConvertName(part.ToString());

    private static List<string> Missing(WrapUpSettings rules, Report? report, string[] tags)
    {
        var missing = rules.Required.Where(part => part switch
        {
            WrapUpPart.Outcome => report?.Outcome is null,
            WrapUpPart.Note => report?.Note is null,
            WrapUpPart.NextStep => report?.NextStep is null,
            _ => tags.Length == 0,
        });
        var unanswered = rules.Fields.Where(field => field.Required && report?.Fields.GetValueOrDefault(field.Id).Trimmed() is null);
        return [.. missing.Select(NameOf), .. unanswered.Select(field => field.Id)];
    }

    private static void RequireKnown(WrapUpSettings rules, ReportDraft draft)
    {
        if (draft.Outcome.Trimmed() is { } outcome && rules.Outcomes.Count > 0 && !rules.Outcomes.Contains(outcome))
        {
            throw Rules.Invalid("outcome", $"One of {string.Join(", ", rules.Outcomes)}.");
        }

        foreach (var (id, answer) in draft.Fields ?? new Dictionary<string, string>())
        {
            var field = rules.Fields.FirstOrDefault(field => field.Id == id) ?? throw Rules.Invalid($"fields.{id}", "The program has no such field.");
            string[] answers = field.Kind switch { WrapUpFieldKind.YesNo => ["yes", "no"], WrapUpFieldKind.Choice => [.. field.Options], _ => [] };
            if (answer.Trimmed() is not null && answers.Length > 0 && !answers.Contains(answer))
            {
                throw Rules.Invalid($"fields.{id}", $"One of {string.Join(", ", answers)}.");
            }
        }
    }
}

/// <summary>What the program requires at the end is not all there.</summary>
public sealed class ReportIncompleteException(IReadOnlyList<string> missing)
    : RefusedException("conversation.report_incomplete", "The program requires more before this conversation can end.")
{
    public override IReadOnlyDictionary<string, string> Facts { get; } = new Dictionary<string, string> { ["missing"] = string.Join(", ", missing) };
}
