using System.Collections.Frozen;

namespace Chat.Api.OpenApi;

/// <summary>The stable codes of problem documents: what every operation can answer, and what only some can. A test holds both against the code.</summary>
internal static class StableCodes
{
#pragma warning disable format // read as columns
    private static readonly FrozenDictionary<string, string[]> ByStatus = new Dictionary<string, string[]>
    {
        ["400"] = ["request.malformed", "request.invalid"],
        ["401"] = ["auth.required"],
        ["403"] = ["caller.forbidden", "auth.second_factor_required", "auth.address_not_allowed"],
        ["404"] = ["resource.not_found"],
        ["409"] = ["data.unreadable"],
        ["412"] = ["resource.stale"],
        ["413"] = ["request.too_large"],
        ["415"] = ["request.unsupported_media_type"],
        ["422"] = ["idempotency.key_reused"],
        ["428"] = ["resource.version_required"],
        ["429"] = ["request.too_many"],
    }.ToFrozenDictionary();

    /// <summary>Any operation at all, from what stands before it: not repeated at each.</summary>
    public static readonly string[] Anywhere =
    [
        "route.not_found", "route.method_not_allowed", "request.not_acceptable", "request.timeout", "request.too_large", "request.uri_too_long",
        "request.unsupported_media_type", "request.headers_too_large", "request.refused", "server.error", "service.unavailable",
    ];

    private static readonly string[] Held = ["conversation.transition_not_allowed", "conversation.held_by_another"];

    private static readonly FrozenDictionary<string, (string Status, string[] Codes)[]> ByOperation = new Dictionary<string, (string, string[])[]>
    {
        ["LogIn"]                   = [("401", ["auth.invalid_credentials", "auth.code_required"]), ("429", ["auth.too_many_attempts", "auth.busy"])],
        ["RefreshSession"]          = [("401", ["auth.session_expired"])],
        ["ChangePassword"]          = [("429", ["auth.too_many_attempts", "auth.busy"])],
        ["ForgotPassword"]          = [("429", ["auth.too_many_attempts"])],
        ["ResetPassword"]           = [("409", ["auth.link_over"]), ("429", ["auth.too_many_attempts", "auth.busy"])],
        ["SetUpSecondFactor"]       = [("409", ["auth.second_factor_enabled"])],
        ["EnableSecondFactor"]      = [("409", ["auth.second_factor_enabled", "auth.password_required"]), ("429", ["auth.too_many_attempts", "auth.busy"])],
        ["DisableSecondFactor"]     = [("409", ["auth.second_factor_missing"]), ("429", ["auth.too_many_attempts", "auth.busy"])],
        ["ReceiveWebhook"]          = [("403", ["webhook.signature_invalid"]), ("404", ["provider.unknown", "channel.not_found"])],
        ["ReceiveWebhookStatus"]    = [("403", ["webhook.signature_invalid"]), ("404", ["provider.unknown", "channel.not_found"])],
        ["ReplayQuarantined"]       = [("409", ["quarantine.unreadable"])],
        ["ClaimNextConversation"]   = [("409", ["responder.at_capacity", "responder.not_available"])],
        ["ClaimConversation"]       = [("409", ["conversation.already_assigned", "conversation.transition_not_allowed", "responder.at_capacity", "responder.not_available"])],
        ["StartConversation"]       = [("409", Held)],
        ["SendMessage"]             = [("409", [.. Held, "message.client_id_reused", "texter.stopped"])],
        ["TransferConversation"]    = [("409", [.. Held, "conversation.transfer_to_self", "responder.not_available"])],
        ["AcceptTransfer"]          = [("409", ["conversation.transition_not_allowed", "conversation.offered_to_another", "responder.at_capacity"])],
        ["DeclineTransfer"]         = [("409", ["conversation.transition_not_allowed", "conversation.offered_to_another"])],
        ["CancelTransfer"]          = [("409", Held)],
        ["ReturnToQueue"]           = [("409", [.. Held, "program.inactive"])],
        ["EscalateConversation"]    = [("409", Held)],
        ["ResolveEscalation"]       = [("409", Held)],
        ["BeginWrapUp"]             = [("409", [.. Held, "conversation.texter_wrote"])],
        ["FileReport"]              = [("409", ["conversation.transition_not_allowed", "conversation.held_by_another", "conversation.not_taken"])],
        ["ScheduleFollowUp"]        = [("409", [.. Held, "texter.stopped"])],
        ["CloseConversation"]       = [("409", [.. Held, "conversation.texter_wrote", "conversation.wrap_up_required", "conversation.report_incomplete"])],
        ["SendSurvey"]              = [("409", [.. Held, "survey.none", "survey.not_now", "survey.running", "texter.stopped"])],
        ["ChangeEscalation"]        = [("409", ["escalation.resolved"])],
        ["AcknowledgeEscalation"]   = [("409", ["escalation.resolved"])],
        ["RecordEscalationContact"] = [("409", ["escalation.resolved"])],
        ["BlockTexter"]             = [("409", ["texter.block_stands"])],
        ["ApproveBlock"]            = [("409", ["texter.block_none", "texter.block_own"])],
        ["JoinTexters"]             = [("409", ["texter.both_open"])],
        ["SeparateTexter"]          = [("409", ["texter.only_address"])],
        ["EraseTexter"]             = [("409", ["texter.conversation_open", "texter.on_hold"])],
        ["DeleteAffiliate"]         = [("409", ["affiliate.in_use"])],
        ["CreateWebhook"]           = [("409", ["webhook.too_many"])],
        ["TestWebhook"]             = [("409", ["webhook.inactive"])],
        ["ReplayWebhookDelivery"]   = [("409", ["webhook.inactive"])],
        ["ConfirmOffBoarding"]      = [("409", ["affiliate.active", "affiliate.not_confirmed", "affiliate.not_exported", "affiliate.on_hold"])],
        ["RotateEncryption"]        = [("409", ["encryption.rotation_under_way"])],
        ["CreateProgram"]           = [("409", ["program.short_code_taken"])],
        ["ChangeProgram"]           = [("409", ["program.short_code_taken"])],
        ["DeleteProgram"]           = [("409", ["program.in_use"])],
        ["CreateUser"]              = [("409", ["user.email_taken"])],
        ["ChangeUser"]              = [("409", ["user.email_taken", "user.holds_conversations", "user.last_admin", "user.self"])],
        ["DeleteUser"]              = [("409", ["user.in_use", "user.last_admin", "user.self"])],
        ["GivePasswordLink"]        = [("409", ["user.inactive", "user.self"])],
        ["ResetSecondFactor"]       = [("409", ["user.self"])],
        ["CreateKeyword"]           = [("409", ["keyword.taken"])],
        ["ChangeKeyword"]           = [("409", ["keyword.taken"])],
        ["ApplyConfiguration"]      = [("409", ["program.in_use", "program.short_code_taken", "survey.taken", "survey.in_use", "keyword.taken"])],
        ["CreateSurvey"]            = [("409", ["survey.taken"])],
        ["ChangeSurvey"]            = [("409", ["survey.taken", "survey.in_use"])],
        ["DeleteSurvey"]            = [("409", ["survey.in_use"])],
        ["CreateChannel"]           = [("409", ["channel.address_taken"])],
        ["ChangeChannel"]           = [("409", ["channel.address_taken"])],
        ["DeleteChannel"]           = [("409", ["channel.in_use"])],
        ["CreateTriagePhrase"]      = [("409", ["triage.too_many_phrases"])],
        ["ChangeTriagePhrase"]      = [("409", ["triage.phrase_kept", "triage.second_person_needed"])],
        ["DeleteTriagePhrase"]      = [("409", ["triage.phrase_kept", "triage.second_person_needed"])],
    }.ToFrozenDictionary();
#pragma warning restore format

    /// <summary>The codes with which an operation answers a status, those of its own first.</summary>
    public static IReadOnlyList<string> Of(string? operation, string status)
    {
        var own = (operation is null ? null : ByOperation.GetValueOrDefault(operation))?.FirstOrDefault(row => row.Status == status).Codes ?? [];
        return [.. own, .. ByStatus.GetValueOrDefault(status, [])];
    }
}
