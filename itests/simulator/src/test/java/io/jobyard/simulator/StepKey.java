// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobId;

/** The place of a step or wait that counts, or the number of a signal. */
record StepKey(JobId job, int number) {}
