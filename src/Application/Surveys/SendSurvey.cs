using Chat.Application.Common;
using Chat.Application.Conversations;
using Chat.Application.Ports;
using Chat.Domain.Common;
using Chat.Domain.Conversations;
using Chat.Domain.Programs;
using Chat.Domain.Surveys;
using FluentValidation;
using MediatR;

namespace Chat.Application.Surveys;

/// <summary>A responder asks the texter the program's questions, or asks on where the two of them had been talking in between.</summary>
[Requires(Permission.HoldConversations)]
public sealed record SendSurvey(Guid ConversationId, string Type) : ICommand<ConversationView>, IOnce;

internal sealed class SendSurveyValidator : AbstractValidator<SendSurvey>
{
    public SendSurveyValidator() => RuleFor(command => command.Type).NotEmpty().MustBeOneOf(Wire.All<SurveyType>());
}

internal sealed class SendSurveyHandler(
    IConversationRepository conversations, ITexterRepository texters, SurveySending sending, IConversationViews views, ICaller caller, TimeProvider clock)
    : IRequestHandler<SendSurvey, ConversationView>
{
    public async Task<ConversationView> Handle(SendSurvey command, CancellationToken cancellationToken)
    {
        var conversation = await conversations.GetAsync(new(command.ConversationId), cancellationToken);
        if (conversation.ResponderId is not null)
        {
            conversation.RequireHeldBy(caller.UserId);
        }

        if (await texters.StoppedAtAsync(conversation.TexterId, conversation.ChannelId, cancellationToken) is not null)
        {
            throw new RefusedException("texter.stopped", "The texter has stopped messages. Only they can allow them again, by texting START.");
        }

        await sending.SendAsync(conversation, Wire.Value<SurveyType>(command.Type), caller.UserId, clock.GetUtcNow(), cancellationToken);
        await conversations.SaveAsync(conversation, cancellationToken);
        return await views.ShowAsync(conversation.Id, cancellationToken);
    }
}

/// <summary>Begins a program's surveys: by a responder's hand, or by itself where the program wants it so.</summary>
internal sealed class SurveySending(
    ISurveyRepository surveys, ISurveyRuns runs, IProgramFacts programs, ITexterRepository texters, IMessageRepository messages, IDueJobs jobs)
{
    public async Task SendAsync(Conversation conversation, SurveyType type, UserId responder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var running = conversation.SurveyRunning is null ? null : await runs.FindRunningAsync(conversation.Id, cancellationToken);
        Begin(conversation, type, responder, now);
        if (running is not null && running.Waits((await runs.ListenAsync(conversation.Id, running.SeenSequence, cancellationToken)).RespondedAt))
        {
            await AskAsync(conversation, running, running.Resume(conversation.LastSequence), now, cancellationToken);
            await runs.SaveAsync(running, now, cancellationToken);
            return;
        }

        if (running is not null)
        {
            throw new RefusedException("survey.running", "The texter is being asked already.");
        }

        var survey = await surveys.FindActiveAsync(conversation.ProgramId, type, cancellationToken)
            ?? throw new RefusedException("survey.none", $"The program has no {type.Name()} survey in use.");
        await StartAsync(conversation, survey, now, cancellationToken);
    }

    /// <summary>Where the program wants it so, and nothing speaks against it.</summary>
    public async Task SendIfAutomaticAsync(Conversation conversation, SurveyType type, UserId responder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Who is in danger is not questioned by a machine.
        if (conversation.IsInDanger || conversation.SurveyRunning is not null)
        {
            return;
        }

        var settings = (await programs.GetAsync(conversation.ProgramId, cancellationToken)).Settings;
        if ((type == SurveyType.Entry ? settings.EntrySurvey : settings.ExitSurvey) == SurveySetting.Automatic
            && await surveys.FindActiveAsync(conversation.ProgramId, type, cancellationToken) is { } survey
            && await texters.StoppedAtAsync(conversation.TexterId, conversation.ChannelId, cancellationToken) is null)
        {
            Begin(conversation, type, responder, now);
            await StartAsync(conversation, survey, now, cancellationToken);
        }
    }

    /// <summary>Sends a question, and waits for its answer no longer than the survey's patience.</summary>
    public async Task AskAsync(Conversation conversation, SurveyRun run, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var message = conversation.Say(new MessageId(Guid.CreateVersion7(now)), text, now);
        await messages.AddAsync(message, conversation.ChannelId, cancellationToken);
        run.Asked(message.Sequence);
        if (run.Outcome is null)
        {
            await jobs.ScheduleAsync(JobKind.Survey, conversation.Id.Value, now + run.Patience, cancellationToken);
        }
    }

    private static void Begin(Conversation conversation, SurveyType type, UserId responder, DateTimeOffset now)
    {
        if (type == SurveyType.Entry)
        {
            conversation.SendEntrySurvey(responder, now);
        }
        else
        {
            conversation.SendExitSurvey(responder, now);
        }
    }

    private async Task StartAsync(Conversation conversation, Survey survey, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var run = new SurveyRun(
            new(Guid.CreateVersion7(now)), conversation.Id, survey.Id, survey.WordingVersion, survey.Type, survey.Language, survey.Questions, survey.Patience,
            position: 0, askedAgain: false, paused: false, askedSequence: null, seenSequence: conversation.LastSequence, answered: 0, skipped: 0, startedAt: now,
            outcome: null, endedAt: null);
        await AskAsync(conversation, run, run.Ask(), now, cancellationToken);
        await runs.AddAsync(run, conversation.ProgramId, cancellationToken);
    }
}
