// SPDX-License-Identifier: Apache-2.0
/** Runs configured programs, contains all their processes, and leaves none behind. */
@org.jspecify.annotations.NullMarked
package io.jobyard.handler.exec;
