// SPDX-License-Identifier: Apache-2.0
/** Threads that run jobs, and the registry of handlers. */
@org.jspecify.annotations.NullMarked
package io.jobyard.worker;
