/** The names of what a phrase may say, as the rules of triage have them. A test holds them against those rules. */
export const cues: readonly string[] = [
  'past_time', 'recent_time', 'soon', 'today', 'soon_alone', 'later', 'right_now', 'resolved', 'stirred', 'minor', 'pregnant',
  'deny_intent', 'death_wish', 'ideation', 'ideation_past', 'hopeless', 'method_thought', 'method_named', 'intent', 'intent_veiled',
  'plan', 'plan_veiled', 'date_set', 'preparation', 'stockpile', 'means_have', 'means_hand', 'means_armed', 'no_more', 'lost_control',
  'attempt', 'attempt_past', 'goodbye', 'bequest', 'goodbye_final', 'gone_soon', 'act_now', 'at_place', 'ingested', 'drowsy',
  'intent_today', 'sh_urge', 'sh_old', 'self_harm', 'sh_severe', 'bleeding', 'emotional_abuse', 'violence', 'violence_past',
  'threat_kill', 'strangled', 'weapon_threat', 'violence_now', 'hurry', 'hiding', 'intruder', 'captive', 'child_violence',
  'parent_violence', 'parent_cruel', 'neglect', 'witness', 'sexual_assault', 'sexual_assault_past', 'child_sexual', 'touched',
  'sexual_now', 'sexual_approach', 'nudes', 'sextortion', 'meeting', 'online_friend', 'exploitation', 'stalking', 'bullying', 'school',
  'unusual', 'psychosis', 'command', 'voices', 'command_acting', 'mania', 'sleepless', 'grand', 'eating', 'ed_behaviour',
  'physical_sign', 'ed_severe', 'starved_days', 'collapse_sign', 'collapse', 'substance', 'dependence', 'substance_past',
  'quit_substance', 'withdrawal_sign', 'withdrawal', 'reckless_use', 'overdose_now', 'took_drug', 'unresponsive', 'not_waking',
  'empty_bottles', 'violent_thought', 'harm_others', 'harm_planned', 'revenge', 'armed_near', 'armed', 'infant_harm', 'panic', 'trauma',
  'carer', 'homeless', 'kicked_out', 'safe_tonight', 'ran_away', 'strangers', 'missing', 'left_note', 'left_with_weapon', 'child_alone',
  'child_ill', 'child_danger', 'grief', 'breakup', 'conflict_family', 'lonely', 'anxious', 'depressed', 'lgbtq',
];

/** For words that only sound as if they said something. */
export const figureOfSpeech = 'figure_of_speech';
