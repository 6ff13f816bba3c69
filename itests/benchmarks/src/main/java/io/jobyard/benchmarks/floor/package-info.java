// SPDX-License-Identifier: Apache-2.0
/** The least that the same rows cost. */
@org.jspecify.annotations.NullMarked
package io.jobyard.benchmarks.floor;
