// SPDX-License-Identifier: Apache-2.0
/** Counts and times what jobs do. */
@org.jspecify.annotations.NullMarked
package io.jobyard.metrics;
