// SPDX-License-Identifier: Apache-2.0
/** The threads that do the work, and the registry of handlers. */
@org.jspecify.annotations.NullMarked
package io.jobyard.worker;
