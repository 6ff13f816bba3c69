// SPDX-License-Identifier: Apache-2.0
/** Admission of jobs, and all decisions about their transitions. */
@org.jspecify.annotations.NullMarked
package io.jobyard.scheduler;
