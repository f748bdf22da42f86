/**
 * Whether a map may be believed: each {@link dev.picasso.belief.Check} is a value that asks the
 * model and the method again and says what it found, in numbers, in pictures and in words. {@link
 * dev.picasso.belief.Belief} makes a visualization of them all.
 *
 * <pre>{@code
 * Judgement judgement =
 *     Judgement.of(subject, Checks.builtIn().chosen("quick"), Progress.NONE);
 * System.out.println(judgement.summary());
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.belief;
