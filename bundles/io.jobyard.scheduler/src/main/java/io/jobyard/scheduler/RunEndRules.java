// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

/**
 * Rules for the end of a run.
 *
 * @param ends decides the move of the job
 * @param decisions releases its dependents
 * @param waits decides the move to a wait
 * @param canaries returns the relation of runs to canaries
 * @param progress decides which timeouts do not count
 */
record RunEndRules(
        RunEndDecisions ends,
        Decisions decisions,
        WaitDecisions waits,
        CanaryJobs canaries,
        ProgressRetries progress) {}
