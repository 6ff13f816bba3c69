// SPDX-License-Identifier: Apache-2.0
/** Runs the scheduler and the lanes in one thread, from a seed, and compares them with a model. */
@org.jspecify.annotations.NullMarked
package io.jobyard.simulator;
