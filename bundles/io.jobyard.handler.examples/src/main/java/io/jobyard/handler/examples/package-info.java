// SPDX-License-Identifier: Apache-2.0
/** Job types used in the tutorials. Copy the bundle to {@code deploy/} to use them. */
@org.jspecify.annotations.NullMarked
package io.jobyard.handler.examples;
