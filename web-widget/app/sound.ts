let audio: AudioContext | null = null;

/** Two soft tones. Browsers only let it sound after the visitor has done something here; otherwise it stays silent. */
export function chime(): void {
  try {
    audio ??= new AudioContext();
    const from = audio.currentTime;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.setValueAtTime(660, from);
    tone.frequency.setValueAtTime(880, from + 0.12);
    volume.gain.setValueAtTime(0.08, from);
    volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.4);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.4);
  } catch {
    // No sound device, or not allowed: what is seen says the same.
  }
}
