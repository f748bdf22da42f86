/** The web application: routes, the page, the REST interface. It computes nothing. */
@org.jspecify.annotations.NullMarked
package dev.picasso.app.web;
