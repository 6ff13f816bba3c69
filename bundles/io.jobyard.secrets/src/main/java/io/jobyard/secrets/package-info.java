// SPDX-License-Identifier: Apache-2.0
/**
 * Secrets by reference and by name: only the handler sees the value of {@code ${secret:NAME}} in a payload, or of a
 * secret that it requests.
 */
@org.jspecify.annotations.NullMarked
package io.jobyard.secrets;
