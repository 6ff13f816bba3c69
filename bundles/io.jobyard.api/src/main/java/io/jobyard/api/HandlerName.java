// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * Which of a type's handlers a run was given to.
 *
 * @param version the handler's version
 * @param bundle symbolic name and version of its bundle, with a blank between
 */
public record HandlerName(String version, String bundle) {}
