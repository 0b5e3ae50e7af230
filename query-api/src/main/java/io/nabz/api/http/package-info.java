/** The HTTP surface: routes, access, handlers and the one error mapper. */
package io.nabz.api.http;
