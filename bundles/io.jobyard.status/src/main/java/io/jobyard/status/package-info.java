// SPDX-License-Identifier: Apache-2.0
/** Reads the status of jobs; never changes a job. */
@org.jspecify.annotations.NullMarked
package io.jobyard.status;
