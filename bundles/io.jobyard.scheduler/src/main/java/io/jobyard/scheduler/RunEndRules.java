// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

/**
 * Says what becomes of a job when a run of it ends.
 *
 * @param ends moves it on
 * @param decisions releases those that wait for it
 * @param waits moves it to what it waits for
 * @param canaries know how runs stand to canaries
 * @param progress decides which timeouts do not count
 */
record RunEndRules(
        RunEndDecisions ends,
        Decisions decisions,
        WaitDecisions waits,
        CanaryJobs canaries,
        ProgressRetries progress) {}
