"""Local actions: what members do in a wave, in the register ``actions/<wave>.csv`` beside the wave files."""
