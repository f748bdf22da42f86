/**
 * Finds out which pixels a network was trained on, by what it does with a person's images, and what
 * else is wrong with the way into it.
 */
package dev.picasso.doctor;
