/** Sounds made in the browser: mono, quiet, never the only carrier of a meaning (each has a caption). */
export class Sounds {
  private context: AudioContext | null = null;
  private master: GainNode | null = null;
  private hum: { stop: () => void } | null = null;
  private alarm: { stop: () => void } | null = null;
  private air: { stop: () => void } | null = null;
  private wanted = { hum: false, alarm: false, air: false };

  constructor(private on: boolean) {
    // Browsers let sound begin only with a gesture of the person.
    const begin = (): void => {
      this.start();
      removeEventListener("pointerdown", begin);
      removeEventListener("keydown", begin);
    };
    addEventListener("pointerdown", begin);
    addEventListener("keydown", begin);
  }

  setOn(on: boolean): void {
    this.on = on;
    if (this.master && this.context) this.master.gain.setTargetAtTime(on ? 1 : 0, this.context.currentTime, 0.05);
  }

  setHum(running: boolean): void {
    this.wanted.hum = running;
    if (!this.context || !this.master) return;
    if (running && !this.hum) this.hum = fanHum(this.context, this.master);
    if (!running && this.hum) {
      this.hum.stop();
      this.hum = null;
    }
  }

  /** The room's own air, from the terminals of its ceiling. */
  setAir(on: boolean): void {
    this.wanted.air = on;
    if (!this.context || !this.master) return;
    if (on && !this.air) this.air = roomAir(this.context, this.master);
    if (!on && this.air) {
      this.air.stop();
      this.air = null;
    }
  }

  setAlarm(on: boolean): void {
    this.wanted.alarm = on;
    if (!this.context || !this.master) return;
    if (on && !this.alarm) this.alarm = twoTones(this.context, this.master);
    if (!on && this.alarm) {
      this.alarm.stop();
      this.alarm = null;
    }
  }

  spray(): void {
    this.burst({ type: "highpass", frequency: 3500, seconds: 0.45, level: 0.12 });
  }

  peel(): void {
    this.burst({ type: "bandpass", frequency: 1800, seconds: 0.6, level: 0.08 });
  }

  click(): void {
    this.burst({ type: "bandpass", frequency: 2400, seconds: 0.03, level: 0.2 });
  }

  drop(): void {
    this.burst({ type: "lowpass", frequency: 500, seconds: 0.12, level: 0.3 });
  }

  /** Three soft steps in overboots. */
  steps(): void {
    for (const after of [0, 0.42, 0.84]) this.burst({ type: "lowpass", frequency: 260, seconds: 0.1, level: 0.22, after });
  }

  /** A latch, the leaf in its closer, and the seal that meets its frame. */
  door(): void {
    this.burst({ type: "bandpass", frequency: 1500, seconds: 0.04, level: 0.22 });
    this.burst({ type: "lowpass", frequency: 420, seconds: 0.9, level: 0.05, after: 0.08 });
    this.burst({ type: "lowpass", frequency: 180, seconds: 0.16, level: 0.4, after: 0.95 });
  }

  stop(): void {
    void this.context?.close();
    this.context = null;
    this.master = null;
    this.hum = null;
    this.alarm = null;
    this.air = null;
  }

  private start(): void {
    if (this.context || typeof AudioContext === "undefined") return;
    this.context = new AudioContext();
    this.master = this.context.createGain();
    this.master.gain.value = this.on ? 1 : 0;
    this.master.connect(this.context.destination);
    this.setHum(this.wanted.hum);
    this.setAlarm(this.wanted.alarm);
    this.setAir(this.wanted.air);
  }

  /** A short noise with a soft end, `after` so many seconds. */
  private burst({ type, frequency, seconds, level, after = 0 }: Burst): void {
    const { context, master } = this;
    if (!context || !master || !this.on) return;
    const begin = context.currentTime + after;
    const source = noise(context, seconds);
    const filter = new BiquadFilterNode(context, { type, frequency, Q: 0.8 });
    const gain = new GainNode(context, { gain: level });
    gain.gain.setTargetAtTime(0, begin + seconds * 0.4, seconds * 0.2);
    source.connect(filter).connect(gain).connect(master);
    source.start(begin);
    source.stop(begin + seconds);
  }
}

interface Burst {
  type: BiquadFilterType;
  frequency: number;
  seconds: number;
  level: number;
  after?: number;
}

function noise(context: AudioContext, seconds: number): AudioBufferSourceNode {
  const buffer = context.createBuffer(1, Math.ceil(context.sampleRate * seconds), context.sampleRate);
  const data = buffer.getChannelData(0);
  for (let i = 0; i < data.length; i++) data[i] = Math.random() * 2 - 1;
  return new AudioBufferSourceNode(context, { buffer });
}

/** A fan behind a filter: the mains' second harmonic at 100 Hz, its overtones, and moving air. */
function fanHum(context: AudioContext, out: AudioNode): { stop: () => void } {
  const gain = new GainNode(context, { gain: 0 });
  gain.connect(out);
  gain.gain.setTargetAtTime(0.035, context.currentTime, 0.8);
  const tones = [100, 200, 297].map((frequency, index) => {
    const tone = new OscillatorNode(context, { frequency, type: "sine" });
    tone.connect(new GainNode(context, { gain: 0.5 / (index + 1) })).connect(gain);
    tone.start();
    return tone;
  });
  const air = noise(context, 4);
  air.loop = true;
  air.connect(new BiquadFilterNode(context, { type: "lowpass", frequency: 900 })).connect(new GainNode(context, { gain: 0.35 })).connect(gain);
  air.start();
  return {
    stop: () => {
      // A rotor runs down: about a second of fading, not a cut.
      gain.gain.setTargetAtTime(0, context.currentTime, 0.35);
      for (const node of [...tones, air]) node.stop(context.currentTime + 2);
    },
  };
}

/** Air that comes through filters: a soft noise without a pitch. */
function roomAir(context: AudioContext, out: AudioNode): { stop: () => void } {
  const gain = new GainNode(context, { gain: 0 });
  const source = noise(context, 5);
  source.loop = true;
  source.connect(new BiquadFilterNode(context, { type: "lowpass", frequency: 480, Q: 0.3 })).connect(gain).connect(out);
  gain.gain.setTargetAtTime(0.022, context.currentTime, 0.6);
  source.start();
  return {
    stop: () => {
      gain.gain.setTargetAtTime(0, context.currentTime, 0.3);
      source.stop(context.currentTime + 2);
    },
  };
}

/** Two tones a second apart, far below three changes a second. */
function twoTones(context: AudioContext, out: AudioNode): { stop: () => void } {
  const tone = new OscillatorNode(context, { type: "triangle", frequency: 880 });
  const gain = new GainNode(context, { gain: 0.05 });
  tone.connect(gain).connect(out);
  tone.start();
  let high = true;
  const swap = setInterval(() => {
    high = !high;
    tone.frequency.setTargetAtTime(high ? 880 : 660, context.currentTime, 0.02);
  }, 900);
  return {
    stop: () => {
      clearInterval(swap);
      tone.stop();
    },
  };
}
