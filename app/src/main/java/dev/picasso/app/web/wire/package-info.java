/**
 * Requests before any route sees them: who may have how many at once, how slow they may be, and
 * what every answer carries.
 */
@org.jspecify.annotations.NullMarked
package dev.picasso.app.web.wire;
