/** What Picasso costs beside what it is built on: ratios within one run, on the same machine. */
@org.jspecify.annotations.NullMarked
package dev.picasso.benchmarks;
