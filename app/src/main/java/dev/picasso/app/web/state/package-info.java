/** What the server keeps between requests: models, people's images, and work in progress. */
@org.jspecify.annotations.NullMarked
package dev.picasso.app.web.state;
