// SPDX-License-Identifier: Apache-2.0
/** Secrets by reference: what stands in payloads as {@code ${secret:NAME}}, and only the handler sees. */
@org.jspecify.annotations.NullMarked
package io.jobyard.secrets;
