// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/** No job has this id. */
public final class JobNotFoundException extends JobyardException {

    private static final long serialVersionUID = 1L;

    /**
     * Says which.
     *
     * @param id the id, or its ending, that was asked for
     */
    public JobNotFoundException(String id) {
        this(id, "");
    }

    /**
     * Says which, and where it was looked for.
     *
     * @param id the id, or its ending, that was asked for
     * @param where among which jobs, as a clause in brackets with a space before; empty if among all
     */
    public JobNotFoundException(String id, String where) {
        super("not_found", "no job has the id " + id + where, null);
    }
}
