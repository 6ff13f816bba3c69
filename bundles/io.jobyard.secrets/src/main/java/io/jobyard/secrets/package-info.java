// SPDX-License-Identifier: Apache-2.0
/** Secrets by reference and by name: what stands in payloads as {@code ${secret:NAME}}, or is asked for, and only the handler sees. */
@org.jspecify.annotations.NullMarked
package io.jobyard.secrets;
