// Made from src/Domain/Surveys/SurveyPhrases.cs; a test holds it current.
export const phrases = {
  "en": {
    "number": "Reply {0}-{1}",
    "oneOf": "Reply 1-{0}",
    "yesOrNo": "Reply YES or NO",
    "ownWords": "Reply in your own words",
    "thenSkipOrStop": ", SKIP or STOP SURVEY.",
    "notUnderstood": "Sorry, I did not understand that.",
    "askedOnceMore": "It would help us to know. SKIP again leaves it out.",
    "thanks": "Thank you. That was the last question.",
    "stopped": "OK, no more questions. You can write to us at any time."
  },
  "es": {
    "number": "Responde {0}-{1}",
    "oneOf": "Responde 1-{0}",
    "yesOrNo": "Responde SI o NO",
    "ownWords": "Responde con tus palabras",
    "thenSkipOrStop": ", SALTAR o BASTA.",
    "notUnderstood": "Perdón, no entendí.",
    "askedOnceMore": "Nos ayudaría saberlo. Con SALTAR otra vez la dejamos.",
    "thanks": "Gracias. Esa era la última pregunta.",
    "stopped": "De acuerdo, no más preguntas. Puedes escribirnos en cualquier momento."
  }
};
