// SPDX-License-Identifier: Apache-2.0
/** Runs the programs that an administrator has written down, each with all that it starts, and leaves none behind. */
@org.jspecify.annotations.NullMarked
package io.jobyard.handler.exec;
