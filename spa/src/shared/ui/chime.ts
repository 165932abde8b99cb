let audio: AudioContext | null = null;

/** Two soft notes, made on the spot: no file to load, and quiet enough for a shared room. */
export const chime = () => play([523.25, 659.25]);

/** Three that rise, twice: told apart from the chime without looking. */
export const urgentChime = () => play([587.33, 739.99, 880, 587.33, 739.99, 880]);

function play(frequencies: number[]) {
  audio ??= new AudioContext();
  const context = audio;
  void context.resume();
  frequencies.forEach((frequency, index) => note(context, frequency, index * 0.16));
}

function note(context: AudioContext, frequency: number, after: number) {
  const start = context.currentTime + after;
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  oscillator.type = 'sine';
  oscillator.frequency.value = frequency;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.08, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.5);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.55);
}
