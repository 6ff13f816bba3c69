// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

/**
 * Rules for a job at the end of a run.
 *
 * @param ends moves the job
 * @param decisions releases its dependents
 * @param waits moves it to its wait
 * @param canaries know the relation of runs to canaries
 * @param progress decides which timeouts do not count
 */
record RunEndRules(
        RunEndDecisions ends,
        Decisions decisions,
        WaitDecisions waits,
        CanaryJobs canaries,
        ProgressRetries progress) {}
