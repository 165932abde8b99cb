// Made from src/Domain/Webhooks/WebhookEvents.cs; a test holds it current.
export const eventTypes = [
  "conversation.created",
  "conversation.assigned",
  "conversation.message.inbound",
  "conversation.message.outbound",
  "conversation.transferred",
  "conversation.escalated",
  "conversation.escalation.resolved",
  "conversation.closed",
  "conversation.expired",
  "conversation.updated",
  "conversation.followup.scheduled",
  "conversation.followup.triggered",
  "conversation.survey.completed",
  "conversation.tag.updated",
  "conversation.risk.changed",
  "message.status.changed",
  "human_handoff.requested",
  "document.uploaded",
  "document.indexed"
] as const;
