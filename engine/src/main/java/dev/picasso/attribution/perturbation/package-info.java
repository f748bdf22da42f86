/** Parts of the picture are hidden, and what the model says then tells what they were worth. */
@org.jspecify.annotations.NullMarked
package dev.picasso.attribution.perturbation;
