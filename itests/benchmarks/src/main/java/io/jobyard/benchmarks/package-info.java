// SPDX-License-Identifier: Apache-2.0
/** Measures the built host beside a bare database. */
@org.jspecify.annotations.NullMarked
package io.jobyard.benchmarks;
