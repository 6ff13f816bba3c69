// SPDX-License-Identifier: Apache-2.0
/** What runs inside the host: the load, and commands that put it on. */
@org.jspecify.annotations.NullMarked
package io.jobyard.benchmarks.load;
