// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * Which of a type's handlers a run was given to.
 *
 * @param bundle symbolic name and version of its bundle, and for one of {@code deploy/} the first digits of the SHA-256 of
 *     its jar, with blanks between: builds of one version differ in them
 */
public record HandlerName(String version, String bundle) {}
