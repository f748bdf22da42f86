/**
 * Settings as records: from the components of one record come the form, the REST schema, the
 * options of the command line, the checks and their messages.
 *
 * <pre>{@code
 * record Settings(
 *     @Label(value = "Steps", help = "More are nearer to the integral.")
 *         @Range(min = 2, max = 1000)
 *         int steps,
 *     Baseline baseline) {}
 *
 * Schema<Settings> schema = Schema.of(new Settings(50, Baseline.BLACK));
 * Settings given = schema.parse("Integrated gradients", Map.of("steps", "200"));
 * }</pre>
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.settings;
