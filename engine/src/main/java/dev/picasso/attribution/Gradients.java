package dev.picasso.attribution;

import dev.picasso.gradient.Backpropagation;
import dev.picasso.gradient.Composite;

/** Which gradient is asked for. */
public enum Gradients {
  /** The true gradient. */
  PLAIN,
  /** Guided backpropagation, Springenberg et al. 2014, arXiv 1412.6806. */
  GUIDED;

  /** How the walk treats rectifiers. */
  public Composite rules() {
    return this == PLAIN ? Backpropagation.PLAIN : Backpropagation.GUIDED;
  }
}
