package dev.picasso.visualization;

/** How numbers become colours. */
public enum Colours {
  /** From dark to bright; for numbers of one sign. */
  INFERNO,
  /** From dark blue to yellow; for numbers of one sign. */
  VIRIDIS,
  /** Blue below, red above, neutral at zero. */
  DIVERGING
}
