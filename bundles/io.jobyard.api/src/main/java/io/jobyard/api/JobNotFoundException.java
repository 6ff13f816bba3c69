// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/** No job has this id. */
public final class JobNotFoundException extends NotFoundException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param id the requested id, or its ending
     */
    public JobNotFoundException(String id) {
        this(id, "");
    }

    /**
     * Creates the exception for a search among some jobs.
     *
     * @param id the requested id, or its ending
     * @param where the searched jobs, as a clause in brackets with a space before; empty for all
     */
    public JobNotFoundException(String id, String where) {
        super("no job has the ID " + id + where + "; list the jobs to find it");
    }
}
