let audio: AudioContext | null = null;

/** Two soft tones. Browsers only let it sound after the visitor has done something here; otherwise it stays silent. */
export function chime(): void {
  try {
    audio ??= new AudioContext();
    const from = audio.currentTime;
    for (const [index, pitch] of [660, 880].entries()) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, from + index * 0.12);
      volume.gain.exponentialRampToValueAtTime(0.08, from + index * 0.12 + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, from + index * 0.12 + 0.25);
      tone.connect(volume).connect(audio.destination);
      tone.start(from + index * 0.12);
      tone.stop(from + index * 0.12 + 0.3);
    }
  } catch {
    // No sound device, or not allowed: what is seen says the same.
  }
}
