package dev.picasso.attribution;

import dev.picasso.gradient.RuleSet;

/** Which gradient is asked for. */
public enum Gradients {
  /** The true gradient. */
  PLAIN,
  /** Guided backpropagation, Springenberg et al. 2014, arXiv 1412.6806. */
  GUIDED;

  RuleSet rules() {
    return this == PLAIN ? RuleSet.plain() : RuleSet.guidedBackpropagation();
  }
}
