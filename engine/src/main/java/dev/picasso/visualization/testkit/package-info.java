/** What authors of visualizations test them with: small models, odd images, and the contract. */
@org.jspecify.annotations.NullMarked
package dev.picasso.visualization.testkit;
