/** Numbers about the server for Prometheus, and lines about it for people. */
@org.jspecify.annotations.NullMarked
package dev.picasso.app.web.metrics;
