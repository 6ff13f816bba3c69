// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

/**
 * Ends a run whose job waits without a worker. The waits of {@link JobContext} throw it; a handler lets it pass. It is an error so that no
 * {@code catch (Exception)} stops it. A handler that continues anyway fails permanently.
 */
public final class RunSuspended extends Error {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param what the awaited event, for example {@code signal approved}
     */
    public RunSuspended(String what) {
        super("the run ends here; the job continues when this wait ends: " + what, null, false, false);
    }
}
