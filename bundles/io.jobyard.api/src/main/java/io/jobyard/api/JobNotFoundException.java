// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/** Thrown if no job has the ID. */
public final class JobNotFoundException extends NotFoundException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param id requested ID, or its ending
     */
    public JobNotFoundException(String id) {
        this(id, "");
    }

    /**
     * Creates the exception for a search among some jobs.
     *
     * @param id requested ID, or its ending
     * @param where text about the searched jobs, in brackets and with a leading space; empty for all jobs
     */
    public JobNotFoundException(String id, String where) {
        super("no job has the ID " + id + where + "; list the jobs to find it");
    }
}
