// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

/**
 * Ends a run whose job waits without a worker. The waits of {@link JobContext} throw it. A handler must not catch it. It is an error, so
 * that {@code catch (Exception)} does not catch it. If the handler continues anyway, the job fails permanently.
 */
public final class RunSuspended extends Error {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param what awaited event, for example {@code signal approved}
     */
    public RunSuspended(String what) {
        super("the run ends here; the job continues when this wait ends: " + what, null, false, false);
    }
}
